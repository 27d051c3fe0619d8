import Model

/// A driver uses administration queues only with ADMIN_VQ.
///
/// Traps: bit 41 of a network device is another feature, which administers nothing; without the
/// feature the fields hold anything, so that the device must offer it and tell how many there are.
///
/// Spec: 2.13
struct AdminVQDrvNeedsFeature: Rule {
  static let id = "admin.vq.drv-needs-feature"
  var tally = Tally()
  private var toldAt = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .readAdminQueueIndex { toldAt = step.reference }
    guard step.kind == .writeQueueEnable, step.hasValue, step.value != 0,
      session.offered.contains(41), session.adminQueueIndex >= 0,
      step.queue >= session.adminQueueIndex,
      step.queue < session.adminQueueIndex &+ session.adminQueueNum
    else { return .silent }
    if session.accepted.contains(41) { return .held }
    return .broken(
      "driver enables queue \(step.queue), an administration queue, and did not accept ADMIN_VQ",
      Evidence(toldAt, "device tells admin_queue_index"))
  }
}
