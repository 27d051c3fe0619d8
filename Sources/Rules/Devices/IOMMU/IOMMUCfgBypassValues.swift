import Model
import VirtioSpec

/// A driver writes 0 or 1 to `bypass`.
///
/// Spec: 5.13.4.1
struct IOMMUCfgBypassValues: Rule {
  static let id = "iommu.cfg.bypass-values"
  static let needsWholeLife = false
  private static let field = ConfigSpan(.iommu, "bypass")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeConfig, step.hasValue, Self.field.encloses(step) else {
      return .silent
    }
    guard step.value > 1 else { return .held }
    return .broken("driver writes \(step.value) to bypass, which is neither 0 nor 1")
  }
}
