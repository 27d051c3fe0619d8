import Model

/// A buffer id is given to one outstanding buffer only.
///
/// Traps: the id counts in the last descriptor of a list alone.
///
/// Spec: 2.8.6
struct BufferIDUnique: Rule {
  static let id = "packed.desc.buffer-id-unique"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, let ring = session.ring(step.queue),
      ring.layout.isPacked
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let chain = ring.outstanding(id) else { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    guard ring.lastUsed.isSet else { return .undecidable(.noRingMemory) }
    return .broken(
      "driver makes a buffer of queue \(step.queue) available with id \(id), which another that the"
        + " device owns has",
      Evidence(chain.exposedAt, "driver makes the other one available"))
  }
}
