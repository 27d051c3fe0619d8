import VirtioSpec
internal import Wire

extension CCWSubchannel {
  /// Takes one CCW: `code` holds the command, the CCW's flags and how it ended.
  mutating func receive(
    _ access: Access, _ data: RawSpan, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    let flags = UInt8(truncatingIfNeeded: access.code >> 8)
    var command = Command(
      code: UInt8(truncatingIfNeeded: access.code), count: access.width,
      reference: RecordReference(access), cpu: access.cpu, hasData: access.hasData,
      isRejected: Self.failed(access), isLengthUnchecked: flags & Self.suppressLength != 0,
      isLengthIncorrect: access.code >> 24 & 0x40 != 0)
    // Transfer in channel: the program goes on elsewhere.
    guard command.code & 0x0f != 0x08 else { return }
    if let first = chained {
      // Under data chaining the command code of this CCW means nothing.
      chained = nil
      command.code = first.code
      command.reference = first.reference
      command.hasData = command.hasData && first.hasData
      command.count = first.count.addingReportingOverflow(command.count).partialValue
      if chainedData.count < Self.chainLimit { chainedData += data.array }
    } else {
      chainedData = []
    }
    let goesOn = flags & Self.chainData != 0 && !command.isRejected
    command.isCut = flags & Self.chainData != 0
    if goesOn {
      if chainedData.isEmpty { chainedData = data.array }
      chained = command
      return
    }
    guard !isForeign else { return }
    if chainedData.isEmpty {
      decode(command, data, &devices, into: &steps)
    } else {
      let whole = chainedData
      chainedData = []
      decode(command, whole.span.raw, &devices, into: &steps)
    }
  }

  /// Suppress the indication of an incorrect length.
  private static var suppressLength: UInt8 { 0x20 }
  /// Chain data. Source: z/Architecture Principles of Operation, channel-command word.
  private static var chainData: UInt8 { 0x80 }
  private static var chainLimit: Int { 1 << 16 }

  /// Whether the device did not take the command: it said so, or the channel stopped it.
  private static func failed(_ access: Access) -> Bool {
    let device = access.code >> 16 & 0xff
    let channel = access.code >> 24
    // Unit check; any check of the channel's own but incorrect length, which comes after the data.
    return access.flags.contains(.commandReject) || device & 0x02 != 0 || channel & 0x3f != 0
  }

  private mutating func decode(
    _ command: Command, _ data: RawSpan, _ devices: inout DeviceTable,
    into steps: inout StepBuffer
  ) {
    switch command.code {
    case Self.senseID: senseID(command, data, &devices, into: &steps)
    case Self.noOperation, Self.basicSense:
      other(command, into: &steps)
    default:
      guard let known = CCWCommand(rawValue: command.code) else {
        return other(command, into: &steps)
      }
      attach(to: &devices, into: &steps)
      guard device >= 0 else { return }
      decode(known, command, data, devices, into: &steps)
    }
  }

  private static var noOperation: UInt8 { 0x03 }
  private static var basicSense: UInt8 { 0x04 }
  private static var senseID: UInt8 { 0xe4 }

  private mutating func other(_ command: Command, into steps: inout StepBuffer) {
    var step = transaction(.otherCommand, command)
    step.index = UInt32(command.code)
    step.interface = .none
    tell(step, into: &steps)
  }

  /// SENSE ID: `ff`, control unit type, control unit model, which is the device type.
  private mutating func senseID(
    _ command: Command, _ data: RawSpan, _ devices: inout DeviceTable,
    into steps: inout StepBuffer
  ) {
    guard command.hasData, !command.isRejected, data.byteCount >= 4 else {
      return other(command, into: &steps)
    }
    guard data.bigEndian(UInt16.self, at: 1) == CCWConstants.controlUnitType else {
      isForeign = device < 0
      return
    }
    attach(to: &devices, into: &steps)
    guard device >= 0 else { return }
    let type = DeviceType(rawValue: UInt32(data.byte(at: 3)))
    var step = transaction(.readDeviceID, command)
    step.value = UInt64(type.rawValue)
    step.interface = .none
    // What has to be ff 00 00 00: the reserved byte, device type and model.
    let rest = data.byteCount >= 7 ? data.bigEndian(UInt32.self, at: 3) & 0x00ff_ffff : 0
    step.index = UInt32(data.byte(at: 0) ^ 0xff) << 24 | rest
    if devices[device].profile.type != type {
      devices[device].learn { $0.type = type }
      devices[device].remarks.append(
        "record \(command.reference.record): control unit model \(type.rawValue), \(type.title)")
    }
    steps.append(step, to: device)
  }

  private mutating func decode(
    _ known: CCWCommand, _ command: Command, _ data: RawSpan, _ devices: DeviceTable,
    into steps: inout StepBuffer
  ) {
    switch known {
    case .setVirtioRev: setRevision(command, data, into: &steps)
    case .vdevReset:
      if !command.isRejected { forgetLife() }
      emit(transaction(.reset, command), into: &steps)
    case .readStatus, .writeStatus:
      var step = transaction(known == .readStatus ? .readStatus : .writeStatus, command)
      fill(&step, command, data.byteCount >= 1 ? UInt64(data.byte(at: 0)) : nil)
      emit(step, into: &steps)
    case .readFeat, .writeFeat:
      var step = transaction(
        known == .readFeat ? .readDeviceFeatures : .writeDriverFeatures, command)
      // The only little-endian number of the transport.
      let isWhole = data.byteCount >= 5
      fill(&step, command, isWhole ? UInt64(data.littleEndian(UInt32.self, at: 0)) : nil)
      step.mask = 0xffff_ffff
      step.index = isWhole ? UInt32(data.byte(at: 4)) : .max
      emit(step, into: &steps)
    case .readVqConf:
      var step = transaction(.readQueueSize, command)
      step.index = 1
      if data.byteCount >= 2 { step.queue = Int32(data.bigEndian(UInt16.self, at: 0)) }
      fill(
        &step, command, data.byteCount >= 4 ? UInt64(data.bigEndian(UInt16.self, at: 2)) : nil)
      emit(step, into: &steps)
    case .setVq: setQueue(command, data, into: &steps)
    case .setInd, .setConfInd, .setIndAdapter: setIndicators(known, command, data, into: &steps)
    case .readConf, .writeConf:
      transferConfig(
        isWrite: known == .writeConf, command, data, type: devices[device].profile.type,
        into: &steps)
    }
  }

  /// A transaction of `command`, with nothing of its data yet.
  func transaction(_ kind: Transaction.Kind, _ command: Command) -> Transaction {
    var step = Transaction(
      kind, at: command.reference, interface: interface,
      traits: command.isRejected ? .rejected : [], cpu: command.cpu)
    guard isLengthWrong(command) else { return step }
    step.traits.insert(.wrongWidth)
    step.width = UInt8(clamping: command.count)
    if command.isLengthUnchecked { step.traits.insert(.lengthUnchecked) }
    if command.isLengthIncorrect { step.traits.insert(.incorrectLength) }
    return step
  }

  /// Whether a command of fixed length comes with another one. A count of 0 transfers nothing, and
  /// the architecture exempts it.
  private func isLengthWrong(_ command: Command) -> Bool {
    guard let known = CCWCommand(rawValue: command.code), known != .setVirtioRev, command.count > 0,
      !command.isCut
    else { return false }
    if known == .setVq, interface == .none { return false }
    guard let length = known.length(atRevision: interface == .legacy ? 0 : 1), length > 0
    else { return false }
    return command.count != UInt32(length)
  }

  /// Gives the step its value; nil is a transfer that is too short, or was not captured.
  private func fill(_ step: inout Transaction, _ command: Command, _ value: UInt64?) {
    if let value, command.hasData {
      step.value = value
    } else {
      step.traits.insert(.unknownValue)
      if command.hasData, !command.isRejected {
        step.traits.insert(.wrongWidth)
        step.width = UInt8(clamping: command.count)
      }
    }
  }

  func emit(_ step: Transaction, into steps: inout StepBuffer) {
    steps.append(step, to: device)
  }

  /// Spec: 4.3.2.1, Setting the Virtio Revision.
  private mutating func setRevision(
    _ command: Command, _ data: RawSpan, into steps: inout StepBuffer
  ) {
    var step = transaction(.setRevision, command)
    let wanted = data.byteCount >= 2 ? data.bigEndian(UInt16.self, at: 0) : nil
    fill(&step, command, wanted.map { UInt64($0) })
    if command.hasData, data.byteCount >= 4 {
      step.index = UInt32(data.bigEndian(UInt16.self, at: 2))
    }
    if command.isRejected {
      step.interface = .none
    } else {
      revision = command.hasData ? wanted.map { .set($0) } ?? .unknown : .unknown
      step.interface = interface
    }
    emit(step, into: &steps)
  }

  /// SET_VQ says where a queue lies, how large it is, and that it is ready; addresses of zero take
  /// it away.
  ///
  ///     revision 0   | queue 8 | align 4 | index 2 | num 2 |
  ///     from 1 on    | desc 8 | reserved 4 | index 2 | num 2 | avail 8 | used 8 |
  ///
  /// Spec: 4.3.2.2, Configuring a Virtqueue.
  private mutating func setQueue(
    _ command: Command, _ data: RawSpan, into steps: inout StepBuffer
  ) {
    var step = transaction(.writeQueueEnable, command)
    guard command.hasData, data.byteCount >= 16 else {
      fill(&step, command, nil)
      return emit(step, into: &steps)
    }
    step.queue = Int32(data.bigEndian(UInt16.self, at: 12))
    let isLegacy = interface == .none ? data.byteCount < 32 : interface == .legacy
    let areas =
      isLegacy || data.byteCount < 32
      ? [data.bigEndian(UInt64.self, at: 0)]
      : [
        data.bigEndian(UInt64.self, at: 0), data.bigEndian(UInt64.self, at: 16),
        data.bigEndian(UInt64.self, at: 24),
      ]
    if !isLegacy, data.byteCount < 32 {
      step.traits.insert(.wrongWidth)
      step.width = UInt8(clamping: command.count)
    }
    if areas.contains(where: { $0 != 0 }) {
      let size = data.bigEndian(UInt16.self, at: 14)
      emit(part(of: step, .writeQueueSize, UInt64(size)), into: &steps)
      if isLegacy {
        let alignment = data.bigEndian(UInt32.self, at: 8)
        emit(part(of: step, .writeQueueAlign, UInt64(alignment)), into: &steps)
      }
      for (area, address) in areas.enumerated() {
        emit(part(of: step, .writeQueueAddress, address, index: UInt32(area)), into: &steps)
      }
      step.value = 1
    }
    if !isLegacy, data.byteCount >= 32 { step.index = data.bigEndian(UInt32.self, at: 8) }
    emit(step, into: &steps)
  }

  private func part(
    of step: Transaction, _ kind: Transaction.Kind, _ value: UInt64, index: UInt32 = 0
  ) -> Transaction {
    var part = step
    part.kind = kind
    part.value = value
    part.index = index
    return part
  }

  /// The address of indicators, 0 takes them away. For adapter indicators `index` of the
  /// transaction is the number of the first bit.
  ///
  /// Spec: 4.3.2.6, Setting Up Indicators.
  private mutating func setIndicators(
    _ known: CCWCommand, _ command: Command, _ data: RawSpan, into steps: inout StepBuffer
  ) {
    let isAdapter = known == .setIndAdapter
    let kind: Transaction.Kind =
      isAdapter
      ? .setAdapterIndicators : known == .setInd ? .setIndicators : .setConfigIndicators
    var step = transaction(kind, command)
    let isWhole = data.byteCount >= (isAdapter ? 25 : 8)
    let address = isWhole ? data.bigEndian(UInt64.self, at: isAdapter ? 8 : 0) : nil
    fill(&step, command, address)
    if isAdapter, isWhole {
      step.index = UInt32(clamping: data.bigEndian(UInt64.self, at: 16))
    }
    emit(step, into: &steps)
    guard let address, command.hasData, !command.isRejected else { return }
    switch known {
    case .setInd:
      indicators = address
      indicatorBits = 0
    case .setConfInd: configIndicators = address
    default:
      adapter = AdapterIndicators(
        summary: data.bigEndian(UInt64.self, at: 0), indicator: address,
        firstBit: data.bigEndian(UInt64.self, at: 16))
    }
  }

  /// Takes what happened to the subchannel itself.
  mutating func receiveEvent(
    _ access: Access, _ data: RawSpan, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    // Interrupt parameter, flags, device number: the last is the name of the device.
    if access.code <= 2, data.byteCount >= 8, number == nil, hintedID == nil {
      number = UInt32(data.bigEndian(UInt16.self, at: 6))
      if device >= 0 { devices[device].id = id }
    }
    switch access.code {
    case 1 where isEnabled != true:
      isEnabled = true
      revision = .notSet
      tell(event(.subchannelEnabled, access), into: &steps)
    case 2 where isEnabled != false:
      isEnabled = false
      revision = .notSet
      tell(event(.subchannelDisabled, access), into: &steps)
    case 5 where device >= 0 && devices[device].remarks.count < 16:
      let word = data.byteCount >= 4 ? UInt64(data.bigEndian(UInt32.self, at: 0)) : 0
      devices[device].remarks.append(
        "record \(access.record): channel report \(Transaction.hexText(word, 8))")
    default: break
    }
  }

  private func event(_ kind: Transaction.Kind, _ access: Access) -> Transaction {
    Transaction(kind, at: RecordReference(access), cpu: access.cpu)
  }
}
