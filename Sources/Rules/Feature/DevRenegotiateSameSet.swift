import Model
import VirtioSpec

/// A device does not refuse after a reset what it agreed to before.
///
/// Trap: a backend may have changed, or another device may have been plugged in at the same address:
/// then what is offered has changed as well, and nothing is said.
///
/// Spec: 2.2.2
struct DevRenegotiateSameSet: Rule {
  static let id = "feature.dev-renegotiate-same-set"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let answer = session.featuresOKAnswer(step), let previous = session.previous,
      let agreed = previous.lastConfirmed, agreed.isSameSet(as: session.accepted)
    else { return .silent }
    guard !answer.isConfirmed else { return .held }
    guard previous.offered.isSameSet(as: session.offered) else { return .silent }
    return .broken(
      Breach(
        message: "device refuses FEATURES_OK for \(hex(session.accepted.word(1), digits: 8)) "
          + "\(hex(session.accepted.word(0), digits: 8)), which it agreed to before the reset",
        evidence: [
          Evidence(previous.lastConfirmedAt, "the same set, FEATURES_OK stood"),
          Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"),
        ]))
  }
}

extension FeatureSet {
  /// Whether the same bits are set, whatever is known of the others.
  func isSameSet(as other: FeatureSet) -> Bool {
    low == other.low && high == other.high && firstBeyond == other.firstBeyond
  }
}
