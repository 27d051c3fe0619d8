import Model
import VirtioSpec

/// Bit 30, by which devices once found broken drivers, is not negotiated.
///
/// Trap: the list in which it stands asks both sides for it, and its own text says that it should not be
/// negotiated; accepting it is what cannot be right.
///
/// Spec: 6.3
struct Bit30NotNegotiated: Rule {
  static let id = "legacy.feature.bit30-not-negotiated"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.interface == .legacy, step.hasValue,
      step.isAccepted, step.index == 0, step.mask >> 30 & 1 == 1
    else { return .silent }
    guard step.value >> 30 & 1 == 1 else { return .held }
    return .broken(
      "driver accepts bit 30, which finds drivers that accept everything", session.offerEvidence(0))
  }
}
