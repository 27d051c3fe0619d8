import Model
import VirtioSpec

/// Queues are set up before DRIVER_OK.
///
/// A queue that was stopped or reset since may be set up anew. Administration queues and the further
/// queue pairs of a network device come later by design (5.1.6.5.5 has them configured before the
/// command that turns them on). Mapping vectors is no set-up of a queue.
///
/// Spec: 3.1.1, steps 7 and 8
struct SetupBeforeDriverOK: Rule {
  static let id = "core.init.setup-before-driver-ok"
  static let coveredBy = ["mmio.queue.no-config-when-ready"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.setsUpQueue else { return .silent }
    guard session.marks.driverOK.isSet else { return .held }
    let queue = session.queue(step.queue)
    if let queue, queue.disabledAt > session.marks.driverOK { return .silent }
    if queue?.enabledAt.isSet != true, hasLateQueues(session) { return .silent }
    return .broken(
      "driver \(step.deed) after it set DRIVER_OK",
      Evidence(session.marks.driverOK, "driver sets DRIVER_OK"))
  }

  private func hasLateQueues(_ session: Session) -> Bool {
    session.accepted.contains(Self.adminQueue)
      || session.profile.type == DeviceType.named("net")
        && (session.accepted.contains(Self.multiqueue) || session.accepted.contains(Self.rss))
  }

  // VIRTIO_F_ADMIN_VQ, VIRTIO_NET_F_MQ, VIRTIO_NET_F_RSS.
  private static var adminQueue: Int { 41 }
  private static var multiqueue: Int { 22 }
  private static var rss: Int { 60 }
}
