import Model
import VirtioSpec

/// A write through the window is carried out.
///
/// Shown on the three registers that only the driver changes and that read back as they were
/// written: the selectors.
///
/// Traps: registers that cannot be read, or change by themselves.
///
/// Spec: 4.1.4.9.1
struct PCICfgCapDevWrite: Rule {
  static let id = "pci.cfgcap.dev-write"
  var tally = Tally()
  private var written: [Written] = []

  private struct Written: Sendable {
    var field: CommonConfigurationField
    var value: UInt64
    var reference: RecordReference
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    if step.isStatusReset { written.removeAll() }
    if let field = step.selectorWritten {
      written.removeAll { $0.field == field }
      if step.traits.contains(.throughWindow), step.hasValue, !step.traits.contains(.wrongWidth) {
        written.append(Written(field: field, value: step.value, reference: step.reference))
      }
      return .silent
    }
    guard step.kind == .readRegister, step.hasValue, !step.traits.contains(.wrongWidth),
      let known = written.first(where: { $0.field.offset == Int(step.index) })
    else { return .silent }
    guard known.value != step.value else { return .held }
    return .broken(
      "device returns \(step.value) for \(known.field.name), and the driver wrote \(known.value) "
        + "through the window",
      Evidence(known.reference, "driver writes \(known.field.name) through the window"))
  }
}

extension Transaction {
  /// The register that the step selects by; nil for other steps.
  var selectorWritten: CommonConfigurationField? {
    switch kind {
    case .selectDeviceFeatures: .deviceFeatureSelect
    case .selectDriverFeatures: .driverFeatureSelect
    case .selectQueue: .queueSelect
    default: nil
    }
  }
}
