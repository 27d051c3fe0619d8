import Model
import VirtioSpec

/// A suspended device ignores what is written to its configuration.
///
/// Trap: the driver may have written the value that was there.
///
/// Spec: 3.4.2
struct SuspendDevIgnoreConfigWrite: Rule {
  static let id = "core.suspend.dev-ignore-config-write"
  var tally = Tally()
  private var written: Transaction?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let state = session.suspension
    switch step.kind {
    case .writeConfig where state.suspended.isSet && !state.resumeRequested.isSet && step.hasValue:
      let before = session.config.first { $0.offset == step.index && $0.width == step.width }
      if let before, before.value != step.value { written = step }
    case .writeConfig: written = nil
    case .readConfig:
      guard let write = written, write.index == step.index, write.width == step.width,
        step.hasValue
      else { return .silent }
      written = nil
      guard step.value == write.value else { return .held }
      return .broken(
        "device took \(hex(step.value)) at offset \(hex(step.index, digits: 2)) of its configuration "
          + "while it was suspended", Evidence(write.reference, "driver writes it"))
    default: break
    }
    return .silent
  }
}
