import VirtioSpec

extension PCITransport {
  /// Takes an interrupt message or a change of a line.
  mutating func receiveInterrupt(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    if access.code == 1 {
      receiveMessage(access, devices, &steps)
    } else if lines.rises(access) {
      receiveLine(access, &steps)
    }
  }

  private func receiveMessage(
    _ access: Access, _ devices: DeviceTable, _ steps: inout StepBuffer
  ) {
    guard access.hasData,
      let sender = senders.sender(
        of: Message(address: access.address, data: UInt32(truncatingIfNeeded: access.value)))
    else { return }
    let function = functions[Int(sender.function)]
    guard function.device >= 0, function.messages.isEnabled else { return }
    var step = Transaction(
      .interrupt, at: RecordReference(access), value: UInt64(sender.vector), index: 2,
      traits: .byDevice, cpu: access.cpu)
    Self.attribute(&step, function, devices[function.device].current)
    steps.append(step, to: function.device)
  }

  /// Says what a vector's interrupt is about, where the driver mapped it to one thing only.
  private static func attribute(
    _ step: inout Transaction, _ function: PCIFunction, _ session: Session
  ) {
    let vector = Int32(truncatingIfNeeded: step.value)
    var queues = 0
    var queue: Int32 = -1
    for candidate in session.queues where candidate.vector == vector {
      queues += 1
      queue = candidate.index
    }
    let isConfig = function.registers.configVector == vector
    switch (queues, isConfig) {
    case (0, true): step.index = 1
    case (1, false):
      step.index = 0
      step.queue = queue
    case (2..., false): step.index = 0
    default: step.index = 2
    }
  }

  /// A wired interrupt belongs to a device when no other function was routed to its line.
  private func receiveLine(_ access: Access, _ steps: inout StepBuffer) {
    guard access.address > 0, access.address < 16 else { return }
    var owner: Int32 = -1
    for function in functions {
      guard let pin = function.image.byte(0x3d), pin != 0,
        function.image.byte(0x3c).map(UInt64.init) == access.address
      else { continue }
      if owner != -1 { return }
      owner = function.device >= 0 && !function.messages.isEnabled ? function.device : -2
    }
    guard owner >= 0 else { return }
    steps.append(
      Transaction(
        .interrupt, at: RecordReference(access), index: 2, traits: .byDevice, cpu: access.cpu),
      to: owner)
  }

  // MARK: MSI-X

  /// Takes a write to the message control register, which may come with the capability's head.
  mutating func writeMessageControl(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let start = functions[place].capabilities.messages
    let end = register + width
    guard end > start + 2 else { return }
    let shift = UInt64((register - start) * 8)
    let whole = (access.value << shift) >> 16 & 0xffff
    let mask = (PCIAccess.ones(width) << shift) >> 16 & 0xffff
    let old = UInt64(functions[place].messages.control)
    setMessageControl(UInt16(truncatingIfNeeded: old & ~mask | whole & mask), of: number)
    steps.append(
      Transaction(
        .writeMSIXControl, at: RecordReference(access), value: whole & mask, mask: mask,
        width: UInt8(min(8, width)), cpu: access.cpu),
      to: functions[place].device)
  }

  mutating func setMessageControl(_ control: UInt16, of number: Int32) {
    let place = Int(number)
    let entries = functions[place].messages.entries
    for (vector, entry) in entries.enumerated() {
      if let message = entry.message {
        senders.remove(message, from: .init(function: number, vector: Int32(vector)))
      }
    }
    functions[place].messages.control = control
    functions[place].messages.isControlKnown = true
    guard functions[place].messages.isEnabled else { return }
    for (vector, entry) in entries.enumerated() {
      if let message = entry.message {
        senders.add(message, from: .init(function: number, vector: Int32(vector)))
      }
    }
  }

  mutating func writeMessageTable(
    _ access: PCIAccess, of number: Int32, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let vector = access.offset / 16
    let sender = MessageIndex.Sender(
      function: number, vector: Int32(truncatingIfNeeded: vector))
    let old = functions[place].messages[vector]?.message
    guard
      functions[place].messages.write(
        offset: UInt64(access.offset), value: access.value, width: access.width) != nil
    else { return }
    let new = functions[place].messages[vector]?.message
    if old != new {
      if let old { senders.remove(old, from: sender) }
      if let new, functions[place].messages.isEnabled { senders.add(new, from: sender) }
    }
    var step = access.step(.writeMSIXEntry, .none, index: UInt32(truncatingIfNeeded: vector))
    step.byteInField = UInt8(access.offset % 16)
    steps.append(step, to: functions[place].device)
  }
}

/// Levels of the interrupt lines, to tell a rise from a repetition.
struct InterruptLines: Sendable {
  private var levels: UInt64 = 0

  /// Whether `access` raises a line that was low.
  mutating func rises(_ access: Access) -> Bool {
    guard access.hasData, access.address < 64 else { return false }
    let bit: UInt64 = 1 << access.address
    let wasHigh = levels & bit != 0
    if access.value & 1 == 1 { levels |= bit } else { levels &= ~bit }
    return access.value & 1 == 1 && !wasHigh
  }
}
