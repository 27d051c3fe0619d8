import Model
import VirtioSpec

/// A driver with PAGE_POISON tells its pattern before it sets DRIVER_OK.
///
/// Trap: a pattern of 0 has to be written like any other.
///
/// Spec: 5.5.6.5
struct BalloonPoisonSetBeforeOK: Rule {
  static let id = "balloon.poison.set-before-ok"
  private static let field = ConfigSpan(.balloon, "poison_val")
  var tally = Tally()
  private var isWritten = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfig {
      if Self.field.overlaps(step) || !step.hasValue { isWritten = true }
      return .silent
    }
    guard step.kind == .writeStatus, step.hasValue, step.isAccepted,
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0,
      !session.marks.driverOK.isSet, session.hasNegotiated(4)
    else { return .silent }
    guard !isWritten else { return .held }
    return .broken(
      "driver sets DRIVER_OK with \(session.featureName(4)) accepted "
        + "and has not written poison_val",
      Evidence(session.featureWrites[0], "driver writes feature word 0"))
  }
}
