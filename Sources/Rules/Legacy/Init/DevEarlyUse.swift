import Model

/// A transitional device serves what a legacy driver queued before DRIVER_OK.
///
/// Traps: the device may take its time; only requests count, for a buffer that waits to be filled may
/// wait for ever.
///
/// Spec: 3.1.2
struct DevEarlyUse: Rule {
  static let id = "legacy.init.dev-early-use"
  var tally = Tally()
  private var kicked: [Int32: RecordReference] = [:]

  /// For how long after DRIVER_OK a device may leave a request alone, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isLegacy else { return .silent }
    switch step.kind {
    case .kick where !session.marks.driverOK.isSet && step.queue >= 0:
      if kicked.count < 1024 { kicked[step.queue] = step.reference }
      return .silent
    case .bufferUsed:
      return kicked.removeValue(forKey: step.queue) == nil ? .silent : .held
    default: return .silent
    }
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    for (queue, kick) in kicked {
      guard let ring = session.ring(queue), ring.isLive, ring.totals.used == 0,
        session.marks.driverOK.isSet,
        let chain = ring.firstOutstanding({ chain, _ in chain.facts.readableCount > 0 }),
        chain.exposedAt < session.marks.driverOK
      else { continue }
      let waited = session.lastRecord.time &- session.marks.driverOK.time
      guard waited >= Self.patience else { return .undecidable(.endsMidLife) }
      return .broken(
        Breach(
          message: "device never uses chain \(chain.facts.id) of queue \(queue), which was queued"
            + " before DRIVER_OK",
          evidence: [
            Evidence(chain.exposedAt, "driver makes chain \(chain.facts.id) available"),
            Evidence(session.marks.driverOK, "driver sets DRIVER_OK"),
          ], place: kick))
    }
    return .silent
  }
}
