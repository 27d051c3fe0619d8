import Model
import VirtioSpec

/// A driver sets up the control queue and a data queue before DRIVER_OK.
///
/// Trap: by another clause it may do with a single data queue. The control queue is the one behind
/// all that the device may have.
///
/// Spec: 5.9.5.1
struct CryptoInitAllVQS: Rule {
  static let id = "crypto.init.all-vqs"
  private static let field = ConfigSpan(.crypto, "max_dataqueues")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.isAccepted,
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0, !session.marks.driverOK.isSet,
      let count = session.lastRead(Self.field), (1...65535).contains(count)
    else { return .silent }
    let control = Int32(truncatingIfNeeded: count)
    let hasData = session.queues.contains { $0.isEnabled && $0.index < control }
    let hasControl = session.queues.contains { $0.isEnabled && $0.index == control }
    if hasData, hasControl { return .held }
    let missing = hasData ? "the control queue (queue \(control))" : "a data queue"
    return .broken("driver sets DRIVER_OK without \(missing)")
  }
}
