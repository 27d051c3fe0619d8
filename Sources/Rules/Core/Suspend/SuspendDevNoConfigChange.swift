import Model
import VirtioSpec

/// A suspended device does not change its configuration.
///
/// Trap: the status itself may change.
///
/// Spec: 3.4.2
struct SuspendDevNoConfigChange: Rule {
  static let id = "core.suspend.dev-no-config-change"
  var tally = Tally()
  /// What was read while the device was suspended.
  private var seen: [Transaction] = []

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let state = session.suspension
    guard state.suspended.isSet, !state.resumeRequested.isSet, step.kind != .writeConfig else {
      seen = []
      return .silent
    }
    guard step.kind == .readConfig || step.kind == .readConfigGeneration, step.hasValue
    else { return .silent }
    let old = seen.first {
      $0.kind == step.kind && $0.index == step.index && $0.width == step.width
    }
    guard let old else {
      if seen.count < 32 { seen.append(step) }
      return .silent
    }
    guard old.value != step.value else { return .held }
    let what =
      step.kind == .readConfig
      ? "its configuration at offset \(hex(step.index, digits: 2))" : "the generation"
    return .broken(
      "device changes \(what) from \(hex(old.value)) to \(hex(step.value)) while it is suspended",
      Evidence(old.reference, "the value before"), Evidence(state.suspended, "device is suspended"))
  }
}
