import Model

/// A queue that is enabled again works with the addresses that it was given last.
///
/// Spec: 2.6.1.2.1
struct VQReenableDevNewConfig: Rule {
  static let id = "core.vq-reenable.dev-new-config"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), ring.isLive else { return .silent }
    switch step.kind {
    case .usedIndex: return ring.restarts > 0 ? .held : .silent
    case .endedRingWritten:
      return .broken(
        "device writes to the old rings of queue \(step.queue) at \(hex(step.value)), which was"
          + " enabled again with device area \(hex(ring.layout.deviceArea))",
        Evidence(
          session.queue(step.queue)?.enabledAt ?? .none, "driver enables queue \(step.queue) again")
      )
    default: return .silent
    }
  }
}
