import Model

/// A used length is no more than the chain has room for the device to write.
///
/// Traps: legacy devices often get it wrong, and legacy drivers must not rely on it.
///
/// Spec: 2.7.8.2
struct LenCovered: Rule {
  static let id = "split.used.len-covered"
  static let coveredBy = ["admin.vq.dev-short-write-discard"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferUsed, !session.isLegacy, let ring = session.ring(step.queue),
      !ring.layout.isPacked, !ring.isInOrder
    else { return .silent }
    guard let chain = ring.outstanding(UInt32(truncatingIfNeeded: step.value)) else {
      return .silent
    }
    guard chain.facts.isWalked, chain.facts.hasEnd else { return .undecidable(.noRingMemory) }
    if UInt64(step.index) <= chain.facts.writableBytes { return .held }
    return .broken(
      "device gives length \(step.index) for chain \(step.value) of queue \(step.queue), which has"
        + " \(chain.facts.writableBytes) bytes for it to write",
      Evidence(chain.exposedAt, "driver makes chain \(step.value) available"))
  }
}
