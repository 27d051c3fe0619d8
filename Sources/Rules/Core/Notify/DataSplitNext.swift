import Model

/// With NOTIFICATION_DATA a kick of a split queue carries its available index.
///
/// Traps: another processor may have moved the index since the value was made, so that any index of the
/// last round is taken; where the recording lags behind, one ahead of it too.
///
/// Spec: 2.9
struct DataSplitNext: Rule {
  static let id = "core.notify.data-split-next"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick, step.hasValue, session.accepted.contains(38),
      !session.accepted.contains(34), let ring = session.ring(step.queue), ring.isLive
    else { return .silent }
    guard ring.isAvailableKnown else { return .undecidable(.ringHistoryNotWhole) }
    let told = UInt16(truncatingIfNeeded: step.value >> 16)
    let behind = ring.availableIndex &- told
    if UInt32(behind) <= ring.layout.size || UInt32(0 &- behind) <= ring.layout.size {
      return .held
    }
    return .broken(
      "driver notifies queue \(step.queue) with \(hex(step.value, digits: 8)), which says available"
        + " index \(told), while it is \(ring.availableIndex)",
      Evidence(ring.lastAvailable, "driver publishes available index \(ring.availableIndex)"))
  }
}
