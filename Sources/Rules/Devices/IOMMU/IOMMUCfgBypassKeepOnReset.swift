import Model

/// A reset of the device leaves `bypass` as it is.
///
/// Trap: a reset of the whole machine, which the recording need not show, gives it its first value
/// again. So a value that went back to the first one proves nothing, unless no driver ever wrote.
///
/// Spec: 5.13.4.2
struct IOMMUCfgBypassKeepOnReset: Rule {
  static let id = "iommu.cfg.bypass-keep-on-reset"
  var tally = Tally()
  private var watch = BypassAfterReset()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let now = watch.take(step), !watch.isAfterSystemReset,
      let before = BypassAfterReset.before(session), let previous = session.previous
    else { return .silent }
    guard before.value != now else { return .held }
    if previous.firstConfigWrite.isSet {
      guard let initial = BypassAfterReset.initial(session), initial != now else {
        return .undecidable(.causeNotRecorded)
      }
    }
    return .broken(
      "device gives bypass \(now) after a reset, and gave \(before.value) before",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
