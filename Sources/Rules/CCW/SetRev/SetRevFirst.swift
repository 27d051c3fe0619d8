import Model
import VirtioSpec

/// A driver that sets a revision sends no other command of virtio before.
///
/// Traps: a legacy driver never sets one, and a transitional driver whose attempts were refused acts
/// as at revision 0; so the attempt that comes too late is what shows.
///
/// Spec: 4.3.2.1.2
struct SetRevFirst: Rule {
  static let id = "ccw.set-rev.first"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, session.revision == -1 else { return .silent }
    guard session.subchannelEnabledAt.isSet else { return .undecidable(.startsMidLife) }
    guard !session.revisions.lastTriedAt.isSet else { return .silent }
    guard session.revisions.early.isSet else { return .held }
    return .broken(
      Breach(
        message: "driver sends a command of virtio before it sets the revision",
        evidence: [Evidence(step.reference, "driver tries revision \(step.value)")],
        place: session.revisions.early))
  }
}
