import Model
import VirtioSpec

/// A device refuses the revisions that it does not support.
///
/// A revision that it refused and then takes in the same period is one of the two. Trap: a revision
/// that this version reserves may be one of a later version.
///
/// Spec: 4.3.2.1.1
struct DevRejectUnsupported: Rule {
  static let id = "ccw.set-rev.dev-reject-unsupported"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, step.hasValue else { return .silent }
    guard step.isAccepted else { return .held }
    let spec = session.profile.spec
    if step.value > UInt64(CCWConstants.highestRevision(in: spec)) {
      guard !session.mayFollowNewer else { return .undecidable(.newerSpecification) }
      return .broken("device takes revision \(step.value), which virtio \(spec) does not have")
    }
    let isRefused = session.revisions.rejected >> UInt32(step.value) & 1 == 1
    guard isRefused, session.revision == -1 else { return .held }
    return .broken(
      "device takes revision \(step.value), which it refused before",
      Evidence(session.revisions.lastRejected, "device refuses a revision"))
  }
}
