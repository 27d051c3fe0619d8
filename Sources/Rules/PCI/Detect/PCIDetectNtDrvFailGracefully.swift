import Model

/// A driver that finds no capability of virtio leaves the modern structures alone.
///
/// Traps: a transitional driver goes on through the legacy interface, which is right.
///
/// Spec: 4.1.5.1.1.1
struct PCIDetectNtDrvFailGracefully: Rule {
  static let id = "pci.detect.nt-drv-fail-gracefully"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeStatus else { return .silent }
    let layout = session.layout
    guard layout.isComplete else { return .silent }
    guard layout.capabilities.isEmpty else { return .held }
    return .broken(
      "driver \(step.deed) through the common configuration of a device without capabilities",
      Evidence(layout.identityAt, "the ids of the device are read"))
  }
}
