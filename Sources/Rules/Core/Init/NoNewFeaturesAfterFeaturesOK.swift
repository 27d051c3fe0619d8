import Model
import VirtioSpec

/// A driver accepts no further feature once FEATURES_OK is set.
///
/// Writing the same value again adds nothing. After a refused FEATURES_OK the device is unusable
/// anyway, which is another rule's.
///
/// Spec: 3.1.1, step 5
struct NoNewFeaturesAfterFeaturesOK: Rule {
  static let id = "core.init.no-new-features-after-features-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.hasValue, step.isAccepted,
      session.marks.featuresOK.isSet, !session.refusesFeatures, session.isModern(at: step)
    else { return .silent }
    let added = step.value & step.mask & 0xffff_ffff & ~accepted(step.index, session)
    guard added != 0 else { return .held }
    return .broken(
      "driver accepts feature \(bits(added, word: step.index)) after it set FEATURES_OK",
      Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"))
  }

  /// The features of a word as the driver had accepted them.
  private func accepted(_ word: UInt32, _ session: Session) -> UInt64 {
    switch word {
    case 0: session.accepted.low & 0xffff_ffff
    case 1: session.accepted.low >> 32
    case 2: session.accepted.high & 0xffff_ffff
    case 3: session.accepted.high >> 32
    default: 0
    }
  }

  private func bits(_ added: UInt64, word: UInt32) -> String {
    let numbers = (0..<32).filter { added >> UInt64($0) & 1 == 1 }
      .map { String(UInt64(word) * 32 + UInt64($0)) }
    return (numbers.count == 1 ? "bit " : "bits ") + numbers.joined(separator: ", ")
  }
}
