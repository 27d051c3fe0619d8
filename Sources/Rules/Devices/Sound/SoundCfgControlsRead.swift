import Model
import VirtioSpec

/// A driver does not read `controls` unless CTLS is negotiated.
///
/// Traps: before FEATURES_OK what is offered counts; a read of more than the field, and any on
/// channel I/O, may want the rest.
///
/// Spec: 5.14.5.1
struct SoundCfgControlsRead: Rule {
  static let id = "sound.cfg.controls-read"
  private static let field = ConfigSpan(.sound, "controls")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, session.profile.transport != .ccw, Self.field.encloses(step)
    else { return .silent }
    if session.hasNegotiated(0) { return .held }
    let isSettled = session.writtenStatus.contains(.featuresOK)
    guard isSettled ? session.hasNotNegotiated(0) : session.offersOne(of: [0]) == .no else {
      return .silent
    }
    let why = isSettled ? "accepted" : "offered"
    return .broken(
      "driver reads controls, and \(session.featureName(0)) is not \(why)",
      isSettled
        ? Evidence(session.featureWrites[0], "driver writes feature word 0")
        : session.offerEvidence(0))
  }
}
