import Model

/// With IN_ORDER a driver takes descriptors in the order of the table, from 0.
///
/// Traps: a queue that was enabled anew begins at 0 again; an indirect table takes one descriptor.
///
/// Spec: 2.7.5
struct InOrderFromZero: Rule {
  static let id = "split.desc.in-order-from-zero"
  var tally = Tally()

  /// For each queue: the descriptor that is due, and how often the queue had been enabled.
  private var due: [Int32: (next: UInt32, restarts: UInt32)] = [:]

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, step.hasValue, let ring = session.ring(step.queue),
      ring.isInOrder, !ring.layout.isPacked
    else { return .silent }
    guard ring.isComplete, session.told.facts.isWalked else {
      due[step.queue] = nil
      return .undecidable(ring.isComplete ? .noRingMemory : .ringHistoryNotWhole)
    }
    let known = due[step.queue].flatMap { $0.restarts == ring.restarts ? $0.next : nil }
    let expected = known ?? (ring.totals.available == 0 || ring.restarts > 0 ? 0 : nil)
    let head = session.told.facts.head
    if due.count < 1024 || known != nil {
      due[step.queue] = (
        (head &+ session.told.facts.ringCount) % ring.layout.size, ring.restarts
      )
    }
    guard let expected else { return .silent }
    if head == expected { return .held }
    return .broken(
      "driver makes chain \(head) of queue \(step.queue) available where descriptor \(expected) is"
        + " due, though IN_ORDER was accepted")
  }
}
