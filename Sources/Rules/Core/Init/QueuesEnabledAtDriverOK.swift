import Model
import VirtioSpec

/// When the driver says that it is ready, the queues that it uses are configured.
///
/// Which queues it uses shows when it notifies them; an address of 0 that it wrote is an address.
///
/// Spec: 3.1.1, steps 7 and 8
struct QueuesEnabledAtDriverOK: Rule {
  static let id = "core.init.queues-enabled-at-driver-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .kick { return judgeKick(step, session) }
    guard step.statusSet?.contains(.driverOK) == true, !session.marks.driverOK.isSet
    else { return .silent }
    let enabled = session.queues.filter(\.isEnabled)
    // A legacy queue is enabled by its address.
    guard !session.isLegacy, let bare = enabled.first(where: { $0.descriptorsMask == 0 }) else {
      return enabled.isEmpty ? .silent : .held
    }
    return .broken(
      "driver writes DRIVER_OK while queue \(bare.index) is enabled without a descriptor address",
      Evidence(bare.enabledAt, "driver enables queue \(bare.index)"))
  }

  private func judgeKick(_ step: Transaction, _ session: Session) -> Judgement {
    // A device's own log has kicks that no driver made.
    guard session.marks.driverOK.isSet, step.queue >= 0, !step.traits.contains(.fromHostLog)
    else { return .silent }
    if let queue = session.queue(step.queue), queue.enabledAt.isSet { return .silent }
    return .broken(
      "driver notifies queue \(step.queue), which it never enabled",
      Evidence(session.marks.driverOK, "driver sets DRIVER_OK"))
  }
}
