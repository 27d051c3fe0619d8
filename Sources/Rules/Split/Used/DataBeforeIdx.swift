import Model

/// What a device writes into a chain is there before the chain is used.
///
/// Traps: the driver may give the memory to another device, so that only writes right after the use
/// count, before the driver did anything.
///
/// Spec: 2.7.8.2
struct SplitDataBeforeIdx: Rule {
  static let id = "split.used.data-before-idx"
  var tally = Tally()

  /// For how long after the use a write is taken for the chain's, in nanoseconds.
  private static let window: Int64 = 1_000_000

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), !ring.layout.isPacked else { return .silent }
    if step.kind == .bufferUsed { return .held }
    guard step.kind == .bufferChanged, step.index == 1,
      let chain = ring.chain(UInt32(truncatingIfNeeded: step.value)), chain.usedAt.isSet
    else { return .silent }
    let after = step.reference.time &- chain.usedAt.time
    guard after > 0, after < Self.window, ring.lastAvailable < chain.usedAt else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device writes into a buffer of chain \(step.value) of queue \(step.queue) after it used it",
      Evidence(chain.usedAt, "device uses chain \(step.value)"))
  }
}
