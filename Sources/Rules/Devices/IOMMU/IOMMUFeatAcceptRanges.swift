import Model
import VirtioSpec

/// A driver that knows INPUT_RANGE, DOMAIN_RANGE and PROBE accepts them where they are offered.
///
/// Spec: 5.13.3.1
struct IOMMUFeatAcceptRanges: Rule {
  static let id = "iommu.feat.accept-ranges"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    var result = Judgement.silent
    for bit in [0, 1, 4] {
      let judgement = session.judgeAcceptance(of: bit, needsSupport: true, at: step)
      switch (judgement, result) {
      case (.broken, _): return judgement
      case (.undecidable, _), (.held, .silent): result = judgement
      default: break
      }
    }
    return result
  }
}
