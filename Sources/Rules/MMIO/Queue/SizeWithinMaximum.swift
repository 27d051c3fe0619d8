import Model

/// A rule that the size of a queue is at most the maximum that the device told.
///
/// Trap: a maximum that the recording does not show decides nothing; 0 takes a queue away.
protocol SizeWithinMaximum: Rule {
  static func applies(_ session: Session) -> Bool
  /// Where the maximum stands, as messages name it.
  static var register: String { get }
}

extension SizeWithinMaximum {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueSize, step.hasValue, step.value > 0, Self.applies(session)
    else { return .silent }
    let queue = session.queue(step.queue)
    guard let queue, queue.maxSize > 0 || queue.isAbsent else {
      return .undecidable(.startsMidLife)
    }
    guard step.value > UInt64(queue.maxSize) else { return .held }
    return .broken(
      "driver sets the size of queue \(step.queue) to \(step.value), more than the \(queue.maxSize) in "
        + Self.register)
  }
}
