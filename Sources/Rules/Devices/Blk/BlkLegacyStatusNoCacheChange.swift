import Model

/// Through the legacy interface a status write leaves the cache mode alone.
///
/// Trap: DRIVER_OK of a driver that did not accept CONFIG_WCE may change it.
///
/// Spec: 5.2.5.3
struct BlkLegacyStatusNoCacheChange: Rule {
  static let id = "blk.legacy.status-no-cache-change"
  static let needsWholeLife = false
  var tally = Tally()
  private var watch = CacheModeWatch()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let pair = watch.take(step, session), pair.cause == .status else { return .silent }
    guard pair.before != pair.now else { return .held }
    return .broken(
      "device changes writeback from \(pair.before) to \(pair.now) upon a status write",
      Evidence(pair.place, "device gives writeback \(pair.before)"),
      Evidence(pair.causedAt, "driver makes a status write"))
  }
}
