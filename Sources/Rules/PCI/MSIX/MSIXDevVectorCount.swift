import Model

/// A device with MSI-X has two vectors at least.
///
/// Spec: 4.1.5.1.2.1. The upper limit of 0x800 is that of the field.
struct MSIXDevVectorCount: Rule {
  static let id = "pci.msix.dev-vector-count"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .pciMessages, let vectors = PCIMessages(step).vectors else {
      return .silent
    }
    guard vectors < 2 else { return .held }
    guard session.layout.messages.vectors != vectors else { return .silent }
    return .broken("device has an MSI-X table of 1 vector")
  }
}
