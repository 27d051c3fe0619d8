import Model

/// Through the legacy interface a write of features leaves the cache mode alone.
///
/// Spec: 5.2.5.3
struct BlkLegacyFeaturesNoCacheChange: Rule {
  static let id = "blk.legacy.features-no-cache-change"
  static let needsWholeLife = false
  var tally = Tally()
  private var watch = CacheModeWatch()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let pair = watch.take(step, session), pair.cause == .features else { return .silent }
    guard pair.before != pair.now else { return .held }
    return .broken(
      "device changes writeback from \(pair.before) to \(pair.now) upon a write of features",
      Evidence(pair.place, "device gives writeback \(pair.before)"),
      Evidence(pair.causedAt, "driver makes a write of features"))
  }
}
