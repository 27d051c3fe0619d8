import Model

/// A device of virtio-mmio returns 2 in Version, a legacy device 1.
///
/// Spec: 4.2.2.1; 4.2.4 for the legacy device
struct DevVersion: Rule {
  static let id = "mmio.dev-version"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readVersion, step.hasValue, !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard step.value != 2 else { return .held }
    guard step.value != 1 else { return .silent }
    return .broken("device returns \(hex(step.value)) in Version, neither 2 nor 1")
  }
}
