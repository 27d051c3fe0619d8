import Model
import VirtioSpec

/// A driver tells each finished step of the initialization by setting its bit: the first step that
/// it takes while the bit of the one before is missing.
///
/// The general rule; where the clause of a single step condemns the same record, it stands in that
/// finding.
///
/// Spec: 2.1.1
struct ProgressBits: Rule {
  static let id = "core.status.progress-bits"
  static let coveredBy =
    SequenceOrder.coveredBy + [
      SequenceOrder.id, NoKickBeforeDriverOK.id, StopIfFeaturesRefused.id, NoClearBits.id,
    ]
  var tally = Tally()
  private var reported = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !reported, let bit = due(step, session) else { return .silent }
    guard !bit.isSet else { return .held }
    reported = true
    return .broken(
      "driver \(step.deed) while \(bit.name) is not set",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }

  /// The bit that says that the step before `step` is done, and whether the driver ever set it.
  private func due(_ step: Transaction, _ session: Session) -> (name: String, isSet: Bool)? {
    let isModern = session.isModern(at: step)
    switch step.kind {
    case .writeStatus:
      guard let written = step.statusSet, written.contains(.driver) else { return nil }
      let isSet = written.contains(.acknowledge) || session.marks.acknowledge.isSet
      return ("ACKNOWLEDGE", isSet)
    case .writeDriverFeatures where step.isAccepted:
      return ("DRIVER", session.marks.driver.isSet)
    case .writeConfig where isModern && step.isAccepted:
      return ("FEATURES_OK", session.marks.featuresOK.isSet)
    case .kick where isModern && !step.traits.contains(.fromHostLog):
      return ("DRIVER_OK", session.marks.driverOK.isSet)
    default:
      guard step.setsUpQueue else { return nil }
      return isModern
        ? ("FEATURES_OK", session.marks.featuresOK.isSet) : ("DRIVER", session.marks.driver.isSet)
    }
  }
}
