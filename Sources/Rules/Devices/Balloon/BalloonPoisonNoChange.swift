import Model
import VirtioSpec

/// A driver does not change its pattern while the device runs.
///
/// Writing the pattern that stands there changes nothing.
///
/// Spec: 5.5.6.5
struct BalloonPoisonNoChange: Rule {
  static let id = "balloon.poison.no-change"
  private static let field = ConfigSpan(.balloon, "poison_val")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeConfig, step.hasValue, step.isAccepted, Self.field.encloses(step),
      step.width == 4, session.writtenStatus.contains(.driverOK), session.hasNegotiated(4),
      let before = session.config.first(where: { $0.offset == step.index && $0.width == 4 })
    else { return .silent }
    guard before.value != step.value else { return .held }
    return .broken(
      "driver changes poison_val from \(hex(before.value)) to \(hex(step.value)) "
        + "while DRIVER_OK is set",
      Evidence(session.marks.driverOK, "driver sets DRIVER_OK"))
  }
}
