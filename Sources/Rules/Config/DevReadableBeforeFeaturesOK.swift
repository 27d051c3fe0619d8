import Model
import VirtioSpec

/// A device lets its driver read the configuration before FEATURES_OK.
///
/// On channel I/O a refusal shows; it has to be the time that makes the difference, so the same read has
/// to work afterwards. Traps: elsewhere a value that differs may have changed; the feature of the field
/// may not be offered.
///
/// Spec: 2.5.2
struct DevReadableBeforeFeaturesOK: Rule {
  static let id = "config.dev-readable-before-features-ok"
  var tally = Tally()
  private var refused: Transaction?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, session.profile.transport == .ccw else { return .silent }
    guard session.marks.featuresOK.isSet else {
      if step.isAccepted { return .held }
      refused = step
      return .undecidable(.causeNotRecorded)
    }
    guard let old = refused, old.index == step.index, old.width == step.width, step.isAccepted
    else { return .silent }
    refused = nil
    return .broken(
      Breach(
        message: "device refuses to read its configuration before FEATURES_OK, and takes the same "
          + "command afterwards",
        evidence: [
          Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"),
          Evidence(step.reference, "device takes the command"),
        ], place: old.reference))
  }
}
