import Model

/// A reset of the machine gives `bypass` its first value again.
///
/// Trap: only a reset that the recording tells of is one.
///
/// Spec: 5.13.4.2
struct IOMMUCfgBypassRestore: Rule {
  static let id = "iommu.cfg.bypass-restore"
  var tally = Tally()
  private var watch = BypassAfterReset()
  private var resetAt = RecordReference.none

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .machineEvent, step.value == 1 { resetAt = step.reference }
    guard let now = watch.take(step), watch.isAfterSystemReset,
      let initial = BypassAfterReset.initial(session)
    else { return .silent }
    guard initial != now else { return .held }
    return .broken(
      "device gives bypass \(now) after a reset of the machine, and began with \(initial)",
      Evidence(resetAt, "the machine is reset"))
  }
}
