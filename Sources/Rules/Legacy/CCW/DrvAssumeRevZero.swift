import Model
import VirtioSpec

/// A driver whose revisions were all refused goes on as at revision 0.
///
/// Trap: a driver that is not transitional stops instead.
///
/// Spec: 4.3.2.1.3
struct DrvAssumeRevZero: Rule {
  static let id = "legacy.ccw.drv-assume-rev-zero"
  static let coveredBy = [
    DrvCorrectLength.id, LegacyCCWBlockFormat.id, "ccw.status.drv-no-read-below-rev2",
  ]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.hasNoRevision, session.revisions.lastRejected.isSet, step.isWholeCommand
    else { return .silent }
    let what: String
    switch step.kind {
    case .readStatus: what = "sends READ_STATUS"
    case .writeQueueEnable where step.traits.contains(.wrongWidth) && step.width == 32:
      what = "sends SET_VQ with the block of revision 1, 32 bytes"
    case .writeStatus where step.statusSet?.contains(.featuresOK) == true: what = "sets FEATURES_OK"
    default: return .held
    }
    return .broken(
      "driver \(what) though the device refused every revision",
      Evidence(session.revisions.lastRejected, "device refuses the revision"))
  }
}
