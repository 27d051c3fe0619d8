import VirtioSpec

extension MMIOWindow {
  /// One register's share of an access.
  struct Part {
    /// Offset of the register.
    var register: Int
    /// First byte of the register that is touched, and how many.
    var byte: Int
    var count: Int
    /// What was read or written of it, moved to its place, and the bits that are known.
    var value: UInt64
    var mask: UInt64

    var isWholeRegister: Bool { count == 4 }
  }

  /// Decodes an access that begins at `offset`; wide ones give a transaction for each register.
  mutating func receive(
    _ access: Access, offset: Int, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    if offset >= MMIOConstants.configOffset {
      guard attach(to: &devices, into: &steps) else { return }
      configuration(access, offset, into: &steps)
      return
    }
    // Data beyond eight bytes is not in the value of an access.
    let width = min(Int(clamping: access.width), 8)
    var done = 0
    repeat {
      let byte = (offset + done) % 4
      let count = min(4 - byte, max(width - done, 1))
      let bits: UInt64 = (1 << UInt64(count * 8)) &- 1
      let shift = UInt64(byte * 8)
      let part = Part(
        register: offset + done - byte, byte: byte, count: count,
        value: (access.value >> UInt64(done * 8) & bits) << shift, mask: bits << shift)
      register(part, access, &devices, into: &steps)
      done += count
    } while done < width && offset + done < MMIOConstants.configOffset
  }

  private mutating func register(
    _ part: Part, _ access: Access, _ devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    var step = transaction(.readRegister, part, access)
    decode(&step, part, access, devices)
    if device < 0, !identify(step, access, &devices, into: &steps) { return }
    learn(step, &devices)
    steps.append(step, to: device)
  }

  /// Takes a step that came before there was a device; false when there still is none.
  private mutating func identify(
    _ step: Transaction, _ access: Access, _ devices: inout DeviceTable,
    into steps: inout StepBuffer
  ) -> Bool {
    switch step.kind {
    case .readMagic, .readVersion:
      // Whoever probes an empty slot again begins anew.
      if isEmpty { forget() }
      isEmpty = false
      if step.kind == .readVersion, step.hasValue { noteVersion(step) }
      hold(step)
      return false
    case .readVendorID:
      guard isEmpty else {
        hold(step)
        return false
      }
    case .readDeviceID:
      if step.hasValue, step.value == 0 {
        isEmpty = true
        hold(step)
        return false
      }
    default: break
    }
    // A driver that goes on with an empty slot makes a device of it: somebody has to be told.
    isEmpty = false
    return attach(to: &devices, into: &steps)
  }

  /// Makes sure that there is a device; false where there are too many.
  private mutating func attach(to devices: inout DeviceTable, into steps: inout StepBuffer) -> Bool
  {
    if device >= 0 { return true }
    addDevice(to: &devices)
    guard device >= 0 else { return false }
    release(into: &steps)
    return true
  }

  /// Adds the window's device to the table.
  mutating func addDevice(to devices: inout DeviceTable) {
    var profile = DeviceProfile(transport: .mmio)
    profile.mmioVersion = version
    device = devices.add(id: id, profile: profile)
  }

  /// Takes what an identification read told.
  private mutating func learn(_ step: Transaction, _ devices: inout DeviceTable) {
    guard step.hasValue, !step.traits.contains(.wrongWidth) else { return }
    switch step.kind {
    case .readVersion:
      noteVersion(step)
      let version = version
      if devices[device].profile.mmioVersion != version {
        devices[device].learn { $0.mmioVersion = version }
      }
    case .readDeviceID where step.value != 0:
      let type = DeviceType(rawValue: UInt32(truncatingIfNeeded: step.value))
      guard devices[device].profile.type != type else { return }
      devices[device].learn { $0.type = type }
      devices[device].remarks.append(
        "record \(step.reference.record): DeviceID \(step.value), \(type.title)")
    default: break
    }
  }

  private mutating func noteVersion(_ step: Transaction) {
    version = UInt32(truncatingIfNeeded: step.value)
  }

  private func transaction(
    _ kind: Transaction.Kind, _ part: Part, _ access: Access
  ) -> Transaction {
    var step = Transaction(
      kind, at: RecordReference(access), value: access.hasData ? part.value : 0, mask: part.mask,
      interface: interface, width: UInt8(clamping: access.width),
      byteInField: UInt8(truncatingIfNeeded: part.byte), cpu: access.cpu)
    if !access.hasData { step.traits.insert(.unknownValue) }
    // 4.2.2.2: only 32-bit wide and aligned accesses to the control registers.
    if access.width != 4 || !part.isWholeRegister { step.traits.insert(.wrongWidth) }
    return step
  }

  /// Names what `part` of a register means, and takes what it selects.
  private mutating func decode(
    _ step: inout Transaction, _ part: Part, _ access: Access, _ devices: DeviceTable
  ) {
    let found =
      access.isWrite
      ? decodeWrite(&step, part, devices) : decodeRead(&step, part)
    // The status has its bits in the first byte; of other numbers a middle says nothing whole.
    if !found || (part.byte > 0 && !Self.isMasked(step.kind)) {
      step.kind = access.isWrite ? .writeRegister : .readRegister
      step.index = UInt32(truncatingIfNeeded: part.register + part.byte)
      step.queue = -1
      step.value >>= UInt64(part.byte * 8)
      step.mask = .max
    }
  }

  /// Kinds of which any part says something, by its mask.
  private static func isMasked(_ kind: Transaction.Kind) -> Bool {
    kind == .readDeviceFeatures || kind == .writeDriverFeatures || kind == .writeQueueAddress
  }

  private func decodeRead(_ step: inout Transaction, _ part: Part) -> Bool {
    switch part.register {
    case 0x00: identity(&step, .readMagic)
    case 0x04:
      identity(&step, .readVersion)
      if step.hasValue, part.isWholeRegister {
        step.interface = step.value == 1 ? .legacy : step.value == 2 ? .modern : .none
      }
    case 0x08: identity(&step, .readDeviceID)
    case 0x0c: identity(&step, .readVendorID)
    case 0x10:
      guard let word = deviceFeatureWord else { return false }
      step.kind = .readDeviceFeatures
      step.index = word
    case 0x34:
      step.kind = .readQueueSize
      step.index = 1
      step.queue = selectedQueue
    case 0x40 where version != MMIOConstants.modernVersion:
      step.kind = .readQueuePFN
      step.index = pageSize
      step.queue = selectedQueue
    case 0x44 where version != MMIOConstants.legacyVersion:
      step.kind = .readQueueEnable
      step.queue = selectedQueue
    case 0x60: step.kind = .readISR
    case 0x70: step.kind = .readStatus
    case 0xc0 where version != MMIOConstants.legacyVersion:
      step.kind = .readQueueReset
      step.queue = selectedQueue
    case 0xfc where version != MMIOConstants.legacyVersion: step.kind = .readConfigGeneration
    default: return false
    }
    return true
  }

  /// Identification reads are the same through both interfaces, and tell neither.
  private func identity(_ step: inout Transaction, _ kind: Transaction.Kind) {
    step.kind = kind
    step.interface = .none
  }

  private mutating func decodeWrite(
    _ step: inout Transaction, _ part: Part, _ devices: DeviceTable
  ) -> Bool {
    switch part.register {
    case 0x14:
      step.kind = .selectDeviceFeatures
      Self.select(&deviceFeatureWord, step, part)
    case 0x20:
      guard let word = driverFeatureWord else { return false }
      step.kind = .writeDriverFeatures
      step.index = word
    case 0x24:
      step.kind = .selectDriverFeatures
      Self.select(&driverFeatureWord, step, part)
    case 0x30:
      step.kind = .selectQueue
      Self.select(&queue, step, part)
      step.queue = selectedQueue
    case 0x50:
      step.kind = .kick
      step.queue = target(of: step, devices)
    case 0x64: step.kind = .acknowledgeInterrupt
    case 0x70: step.kind = .writeStatus
    case 0x38: queueField(&step, .writeQueueSize)
    default:
      return version == MMIOConstants.legacyVersion
        ? decodeLegacyWrite(&step, part)
        : decodeModernWrite(&step, part)
          || (version == 0 && decodeLegacyWrite(&step, part))
    }
    return true
  }

  private mutating func decodeLegacyWrite(_ step: inout Transaction, _ part: Part) -> Bool {
    switch part.register {
    case 0x28:
      step.kind = .writeGuestPageSize
      if step.hasValue, part.byte == 0 { pageSize = UInt32(truncatingIfNeeded: step.value) }
    case 0x3c: queueField(&step, .writeQueueAlign)
    case 0x40:
      queueField(&step, .writeQueuePFN)
      step.index = pageSize
    default: return false
    }
    return true
  }

  private func decodeModernWrite(_ step: inout Transaction, _ part: Part) -> Bool {
    switch part.register {
    case 0x44: queueField(&step, .writeQueueEnable)
    case 0xc0: queueField(&step, .writeQueueReset)
    case 0x80, 0x84: address(&step, area: 0, part)
    case 0x90, 0x94: address(&step, area: 1, part)
    case 0xa0, 0xa4: address(&step, area: 2, part)
    default: return false
    }
    return true
  }

  private func queueField(_ step: inout Transaction, _ kind: Transaction.Kind) {
    step.kind = kind
    step.queue = selectedQueue
  }

  /// Half of a queue's address: the high one stands in bits 32 to 63.
  private func address(_ step: inout Transaction, area: UInt32, _ part: Part) {
    queueField(&step, .writeQueueAddress)
    step.index = area
    guard part.register & 4 != 0 else { return }
    step.value <<= 32
    step.mask <<= 32
  }

  private static func select(_ selector: inout UInt32?, _ step: Transaction, _ part: Part) {
    guard step.hasValue else {
      selector = nil
      return
    }
    let mask = UInt32(truncatingIfNeeded: part.mask)
    selector = (selector ?? 0) & ~mask | UInt32(truncatingIfNeeded: part.value)
  }

  /// The queue that QueueSel chose, -1 where the recording does not show it.
  private var selectedQueue: Int32 { queue.map { Int32(clamping: $0) } ?? -1 }

  /// The queue that a notification names.
  ///
  /// Spec: 4.2.3.3, Available Buffer Notifications; 2.9, Driver Notifications.
  private func target(of step: Transaction, _ devices: DeviceTable) -> Int32 {
    guard step.hasValue else { return -1 }
    let carriesData =
      step.value > 0xffff && version != MMIOConstants.legacyVersion && device >= 0
      && devices[device].current.accepted.contains(38)
    return Int32(clamping: carriesData ? step.value & 0xffff : step.value)
  }

  /// An access to the device configuration.
  private func configuration(
    _ access: Access, _ offset: Int, into steps: inout StepBuffer
  ) {
    var step = Transaction(
      access.isWrite ? .writeConfig : .readConfig, at: RecordReference(access),
      value: access.hasData ? access.value : 0,
      index: UInt32(truncatingIfNeeded: offset - MMIOConstants.configOffset),
      interface: interface, width: UInt8(clamping: access.width), cpu: access.cpu)
    if !access.hasData { step.traits.insert(.unknownValue) }
    steps.append(step, to: device)
  }
}
