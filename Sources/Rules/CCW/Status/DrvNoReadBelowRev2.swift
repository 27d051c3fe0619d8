import Model
import VirtioSpec

/// A driver does not read the status below revision 2.
///
/// Trap: the revision may have been agreed before the recording began.
///
/// Spec: 4.3.2.3.1
struct DrvNoReadBelowRev2: Rule {
  static let id = "ccw.status.drv-no-read-below-rev2"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readStatus else { return .silent }
    if session.revision >= 2 { return .held }
    guard session.revision >= 0 || session.hasNoRevision else {
      return .undecidable(.startsMidLife)
    }
    return .broken(
      "driver sends READ_STATUS at \(session.revision < 0 ? "no revision" : "revision \(session.revision)")",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"))
  }
}
