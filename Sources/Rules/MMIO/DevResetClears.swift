import Model
import VirtioSpec

/// A reset clears InterruptStatus and QueueReady.
///
/// Trap: a driver that notifies too early may have given the device something to tell since.
///
/// Spec: 4.2.2.1
struct DevResetClears: ResetClearsQueues {
  static let id = "mmio.dev-reset-clears"
  static let kind = Transaction.Kind.readQueueEnable
  static let register = "QueueReady"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readISR else { return judgeQueue(step, session) }
    guard step.hasValue, session.marks.resetReadBack.isSet, !session.marks.driverOK.isSet,
      !session.marks.firstKick.isSet, session.isModern
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns \(hex(step.value, digits: 2)) in InterruptStatus after a reset",
      Evidence(session.marks.reset, "driver resets the device"),
      Evidence(session.marks.resetReadBack, "device returns status 0x00"))
  }
}
