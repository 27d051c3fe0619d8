import VirtioSpec

extension AdminCommand {
  /// The step that tells of the command.
  public func step(fromSnapshot: Bool) -> Transaction {
    var step = Transaction(
      .adminCommand, at: reference, value: UInt64(id), queue: queue,
      index: UInt32(opcode.rawValue))
    if !isKnown { step.traits.insert(.unknownValue) }
    if fromSnapshot { step.traits.insert(.fromSnapshot) }
    return step
  }
}

extension AdminResult {
  /// The step that tells of the result; its `index` is the status, and above it the qualifier.
  public var step: Transaction {
    var step = Transaction(
      .adminResult, at: reference, value: UInt64(command.id), queue: command.queue,
      index: UInt32(status.rawValue) | UInt32(qualifier.rawValue) &<< 16, traits: .byDevice)
    if !isKnown { step.traits.insert(.unknownValue) }
    if isFound { step.traits.insert(.fromSnapshot) }
    return step
  }
}
