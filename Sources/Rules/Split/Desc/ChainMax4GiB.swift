import Model

/// A chain describes at most 2^32 bytes.
///
/// Spec: 2.7.5.2
struct ChainMax4GiB: Rule {
  static let id = "split.desc.chain-max-4gib"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.hasPackedRing(step.queue) == false
    else { return .silent }
    let facts = session.told.facts
    guard facts.isWalked else { return .undecidable(.noRingMemory) }
    if facts.byteCount <= 1 << 32 { return .held }
    return .broken(
      "driver makes \(chainName(step)) available with \(facts.byteCount) bytes, more than 2^32")
  }
}
