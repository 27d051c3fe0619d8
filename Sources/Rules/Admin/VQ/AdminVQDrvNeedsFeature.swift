import Model

/// A driver uses administration queues only with ADMIN_VQ.
///
/// Traps: bit 41 of a network device is another feature, which administers nothing.
///
/// Spec: 2.13
struct AdminVQDrvNeedsFeature: Rule {
  static let id = "admin.vq.drv-needs-feature"
  var tally = Tally()
  private var queues = AdminQueues()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    queues.apply(step)
    guard step.kind == .writeQueueEnable, step.hasValue, step.value != 0,
      queues.contains(step.queue)
    else { return .silent }
    if session.accepted.contains(41) { return .held }
    return .broken(
      "driver enables queue \(step.queue), an administration queue, and did not accept ADMIN_VQ",
      Evidence(queues.toldAt, "device tells admin_queue_index"))
  }
}
