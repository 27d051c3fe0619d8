import Model
import VirtioSpec

/// A driver writes as a vector 0 to 0x7ff, or NO_VECTOR.
///
/// Spec: 4.1.5.1.2
struct PCIMSIXVectorRange: Rule {
  static let id = "pci.msix.vector-range"
  static let coveredBy = ["pci.msix.drv-no-vector-beyond-table"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.writesVector else { return .silent }
    guard (0x800..<UInt64(PCIConstants.noVector)).contains(step.value) else { return .held }
    return .broken(
      "driver writes \(hex(step.value)) as the vector for \(step.vectorTarget), which is none")
  }
}
