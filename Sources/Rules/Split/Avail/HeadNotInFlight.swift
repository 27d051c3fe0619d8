import Model

/// A head, and each descriptor of its chain, is made available again only after it came back.
///
/// Traps: in a snapshot the chain may have come back and gone again.
///
/// Spec: 2.7.6
struct HeadNotInFlight: Rule {
  static let id = "split.avail.head-not-in-flight"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, step.hasValue, let ring = session.ring(step.queue),
      !ring.layout.isPacked
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let head = UInt32(truncatingIfNeeded: step.value)
    var taken = ring.outstanding(head) ?? ring.owner(of: head)
    for buffer in session.told.buffers where taken == nil && buffer.table == nil {
      taken = ring.owner(of: buffer.index)
    }
    guard let taken else { return .held }
    if step.traits.contains(.fromSnapshot) || ring.sawUsedSnapshot {
      return .undecidable(.memoryBetweenSnapshots)
    }
    // A recorder that never saw the device use anything may not look at the used ring at all.
    guard ring.lastUsed.isSet else { return .undecidable(.noRingMemory) }
    let what =
      taken.facts.id == head
      ? "which the device still owns"
      : "which shares descriptors with chain \(taken.facts.id) that the device owns"
    return .broken(
      "driver makes \(chainName(step)) available, \(what)",
      Evidence(taken.exposedAt, "driver makes chain \(taken.facts.id) available"))
  }
}
