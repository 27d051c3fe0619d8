import VirtioSpec

/// The text form of a transaction: what `--transactions` prints and what the traces on the rules'
/// pages are written in, so that a printed line can be pasted into a page.
///
///     [legacy] W status 0x0f
///     R device_feature[1] 0x00000101
///     W queue[0].desc.low 0x00001000
///     kick queue[0] 0x0000
///     irq config
///
/// A value that was not captured is `?`; words after the value tell peculiarities (`rejected`,
/// `width=4`, `page=0` for a page of another size than 4096, `window`, `host`). TraceKit reads the
/// same grammar.
extension Transaction {
  /// The line, without what comes after `;` or `#`.
  public var text: String {
    if isFact { return factText }
    var line = interface == .legacy ? "legacy " : ""
    line += body
    if traits.contains(.rejected) { line += " rejected" }
    if traits.contains(.wrongWidth) { line += " width=\(width)" }
    if kind == .kick, index != 0, interface == .modern {
      line += " at=\(Self.hexText(UInt64(index), 1))"
    }
    if byteInField != 0 { line += " byte=\(byteInField)" }
    if traits.contains(.lengthUnchecked) { line += " sli" }
    if traits.contains(.incorrectLength) { line += " incorrect-length" }
    if traits.contains(.otherCookie) { line += " other-cookie" }
    line += furtherWord
    if kind == .writeQueuePFN, index != 4096 { line += " page=\(index)" }
    if kind == .readOutside || kind == .writeOutside, mask != 0 {
      line += " like=\(Self.hexText(mask, 2))"
    }
    if traits.contains(.throughWindow) { line += " window" }
    if traits.contains(.fromHostLog) { line += " host" }
    if traits.contains(.fromSnapshot) { line += " snapshot" }
    if traits.contains(.byDevice), kind == .descriptorChanged || kind == .bitsWrong {
      line += " device"
    }
    return line
  }

  private var body: String {
    switch kind {
    case .kick: "kick \(queueName)" + (hasValue ? " \(number(4))" : " ?")
    case .interrupt:
      switch index {
      case 0: queue >= 0 ? "irq \(queueName)" : "irq queue"
      case 1: "irq config"
      default: "irq unknown"
      }
    case .ccwInterrupt:
      index == CCWInterrupt.adapter.rawValue
        ? "ccw_irq adapter"
        : "ccw_irq classic \(Self.hexText(value, 1)) config=\(Self.hexText(mask, 1))"
    case .indicator:
      "indicator \(CCWIndicator(rawValue: index)?.name ?? "?") \(Self.hexText(value, 2))"
        + (traits.contains(.byDevice) ? "" : " driver")
    case .reset: "reset"
    case .subchannelEnabled: "subchannel enabled"
    case .subchannelDisabled: "subchannel disabled"
    case .bufferAvailable: "avail \(queueName) id=\(hasValue ? "\(value)" : "?")"
    case .bufferUsed: "used \(queueName) id=\(hasValue ? "\(value)" : "?") len=\(index)"
    case .adminCommand:
      "admin \(queueName) id=\(value) "
        + (hasValue ? AdminOpcode(rawValue: UInt16(truncatingIfNeeded: index)).name : "unknown")
    case .adminResult: "admin.result \(queueName) id=\(value) \(hasValue ? statusName : "unknown")"
    case .objectExported:
      "export \(queueName) id=\(index) " + (ExportedUUID(self)?.text ?? "unknown")
    case .requestMade, .requestAnswered: "\(Self.ringNames[kind] ?? "") \(queueName) id=\(value)"
    case .driverEvent, .deviceEvent:
      "\(Self.ringNames[kind] ?? "") \(queueName) \(Self.hexText(value, 8))"
    case .availableIndex, .usedIndex, .availableFlags, .usedFlags, .usedEvent, .availableEvent,
      .usedEntryPrepared:
      "\(Self.ringNames[kind] ?? "") \(queueName) \(hasValue ? "\(value)" : "?")"
    case .descriptorChanged, .availableEntryChanged, .usedEntryChanged, .tableChanged,
      .bufferChanged, .descriptorRewritten, .usedElsewhere, .usedEarly, .endedRingWritten:
      "\(Self.ringNames[kind] ?? "") \(queueName) \(index) id=\(value)"
    case .bitsWrong:
      "\(Self.ringNames[kind] ?? "") \(queueName) \(index) id=\(Self.hexText(value, 4))"
    case .listPartial, .ringNotZero: "\(Self.ringNames[kind] ?? "") \(queueName) \(index)"
    case .historyLost: "\(Self.ringNames[kind] ?? "") \(queueName)"
    case .buffersTaken: "taken \(queueName) \(value)"
    case .buffersUsed: "used \(queueName) \(value)"
    case .eventsLost: "lost \(value)"
    case .machineEvent: "machine \(value)"
    case .structureUsed:
      "uses \(PCICapability.typeNames[UInt8(truncatingIfNeeded: index)] ?? "?")"
        + " at=\(Self.hexText(UInt64(max(0, queue)), 2)) first=\(Self.hexText(value, 2))"
    case .otherCommand: "ccw \(Self.hexText(UInt64(index), 2))"
    default: "\(verb) \(subject)\(half) \(hasValue ? number(digits) : "?")"
    }
  }

  /// `OK`, `EINVAL/INVALID_OPCODE`: status and qualifier of an administration command.
  private var statusName: String {
    let name = AdminStatus(rawValue: UInt16(truncatingIfNeeded: index)).name
    let qualifier = AdminQualifier(rawValue: UInt16(truncatingIfNeeded: index &>> 16))
    return qualifier == .ok ? name : "\(name)/\(qualifier.name)"
  }

  /// What `index` says of a command beside its value, where it says something unusual.
  private var furtherWord: String {
    guard index != 0 else { return "" }
    return switch kind {
    case .setRevision: " length=\(index)"
    case .writeQueueEnable: " res0=\(Self.hexText(UInt64(index), 1))"
    case .readDeviceID: " sense=\(Self.hexText(UInt64(index), 8))"
    default: ""
    }
  }

  private var queueName: String { queue >= 0 ? "queue[\(queue)]" : "queue[?]" }

  private var verb: String {
    switch kind {
    case .readStatus, .readDeviceFeatures, .readDriverFeatures, .readQueueSize, .readQueueAddress,
      .readQueueEnable, .readQueuePFN, .readQueueReset, .readQueueVector, .readConfigVector,
      .readQueueNotifyOffset, .readQueueNotifyConfigData, .readNumQueues, .readISR, .readConfig,
      .readConfigGeneration, .readMagic, .readVersion, .readDeviceID, .readVendorID, .readRegister,
      .readAdminQueueIndex, .readAdminQueueNum, .readPCIConfig, .readWindow, .readReservedArea,
      .readOutside,
      .readVFBar0:
      "R"
    default: "W"
    }
  }

  /// The feature word, which a command without its data does not tell.
  private var word: String { index == .max ? "?" : "\(index)" }

  /// What a read or write is about.
  private var subject: String {
    switch kind {
    case .readDeviceFeatures: "device_feature[\(word)]"
    case .readDriverFeatures, .writeDriverFeatures: "driver_feature[\(word)]"
    case .readQueueSize: "\(queueName).\(index == 1 ? "max_size" : "size")"
    case .readQueueAddress, .writeQueueAddress: "\(queueName).\(Self.areaNames[Int(min(index, 2))])"
    case .readConfig, .writeConfig: "config[\(Self.hexText(UInt64(index), 2)):\(width)]"
    case .readRegister, .writeRegister: "register[\(Self.hexText(UInt64(index), 2)):\(width)]"
    case .readPCIConfig, .writePCIConfig: "pci_config[\(Self.hexText(UInt64(index), 2)):\(width)]"
    case .readWindow, .writeWindow:
      "window[\(queue):\(Self.hexText(UInt64(index), 1)):\(mask)]"
    case .readReservedArea, .writeReservedArea:
      "area[\(Self.hexText(UInt64(max(0, queue)), 2)):\(Self.hexText(UInt64(index), 2)):\(width)]"
    case .readOutside, .writeOutside:
      "outside[\(queue):\(Self.hexText(UInt64(index), 1)):\(width)]"
    case .assignBAR: "bar[\(index)]"
    case .writeMSIXEntry: "msix_entry[\(index)]"
    default:
      if let field = Self.queueFields[kind] {
        "\(queueName).\(field)"
      } else {
        Self.names[kind] ?? "\(kind)"
      }
    }
  }

  /// `.low` or `.high` where only half of a 64-bit address was touched.
  private var half: String {
    guard kind == .writeQueueAddress || kind == .readQueueAddress else { return "" }
    switch mask {
    case 0xffff_ffff: return ".low"
    case 0xffff_ffff_0000_0000: return ".high"
    default: return ""
    }
  }

  private var digits: Int {
    switch kind {
    case .readStatus, .writeStatus, .readISR, .readConfigGeneration: 2
    case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures: 8
    case .readQueueSize, .writeQueueSize, .readNumQueues, .selectQueue, .readQueueEnable,
      .writeQueueEnable, .selectDeviceFeatures, .selectDriverFeatures, .setRevision, .writeVFEnable,
      .writeNumVFs,
      .readAdminQueueIndex, .readAdminQueueNum:
      0
    case .readConfig, .writeConfig, .readRegister, .writeRegister, .readPCIConfig, .writePCIConfig,
      .readReservedArea, .writeReservedArea, .readOutside, .writeOutside:
      Int(width) * 2
    case .readWindow, .writeWindow: Int(min(mask, 4)) * 2
    default: 1
    }
  }

  /// The value: decimal where `digits` is 0, for numbers that count.
  private func number(_ digits: Int) -> String {
    guard digits > 0 else { return String(value) }
    let shown =
      half == ".high" ? value >> 32 : half == ".low" ? value & 0xffff_ffff : value
    return Self.hexText(shown, digits)
  }

  static func hexText(_ value: UInt64, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Names of the three areas of a queue.
  public static let areaNames = ["desc", "driver", "device"]

  /// Kinds that are a field of a queue, by the name of the field.
  public static let queueFields: [Kind: String] = [
    .writeQueueSize: "size", .readQueueEnable: "enable", .writeQueueEnable: "enable",
    .readQueuePFN: "pfn", .writeQueuePFN: "pfn", .writeQueueAlign: "align",
    .readQueueReset: "reset", .writeQueueReset: "reset", .readQueueVector: "vector",
    .writeQueueVector: "vector", .readQueueNotifyOffset: "notify_off",
    .readQueueNotifyConfigData: "notify_config_data",
  ]

  /// Kinds that are a step about a ring, by the word that begins their line.
  public static let ringNames: [Kind: String] = [
    .availableIndex: "avail.idx", .usedIndex: "used.idx", .availableFlags: "avail.flags",
    .usedFlags: "used.flags", .usedEvent: "used_event", .availableEvent: "avail_event",
    .driverEvent: "driver_event", .deviceEvent: "device_event", .bufferAvailable: "avail",
    .bufferUsed: "used", .usedEntryPrepared: "used.prepared", .descriptorChanged: "desc.changed",
    .availableEntryChanged: "avail.changed", .usedEntryChanged: "used.changed",
    .tableChanged: "table.changed", .bufferChanged: "buffer.changed",
    .endedRingWritten: "ended.written", .listPartial: "list.partial",
    .bitsWrong: "desc.bits",
    .descriptorRewritten: "desc.rewritten", .usedElsewhere: "used.elsewhere",
    .usedEarly: "used.early", .historyLost: "ring.lost",
    .adminCommand: "admin", .adminResult: "admin.result", .ringNotZero: "ring.nonzero",
    .objectExported: "export", .requestMade: "request", .requestAnswered: "answer",
  ]

  /// Kinds that are a plain register, by its name.
  public static let names: [Kind: String] = [
    .readStatus: "status", .writeStatus: "status",
    .selectDeviceFeatures: "device_feature_select",
    .selectDriverFeatures: "driver_feature_select",
    .selectQueue: "queue_select", .writeGuestPageSize: "guest_page_size",
    .readConfigVector: "config_vector", .writeConfigVector: "config_vector",
    .readNumQueues: "num_queues", .readISR: "isr", .acknowledgeInterrupt: "interrupt_ack",
    .readConfigGeneration: "config_generation", .readMagic: "magic", .readVersion: "version",
    .readDeviceID: "device_id", .readVendorID: "vendor_id", .setRevision: "revision",
    .setIndicators: "indicators", .setConfigIndicators: "config_indicators",
    .setAdapterIndicators: "adapter_indicators", .writePCICommand: "pci_command",
    .writeMSIXControl: "msix_control", .writeVFEnable: "vf_enable",
    .writeNumVFs: "num_vfs", .readVFBar0: "vf_bar0",
    .readAdminQueueIndex: "admin_queue_index", .readAdminQueueNum: "admin_queue_num",
  ]
}
