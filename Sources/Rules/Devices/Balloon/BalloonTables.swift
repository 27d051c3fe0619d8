import Model
import VirtioSpec

/// A driver that knows MUST_TELL_HOST accepts it where it is offered.
///
/// Spec: 5.5.3.1
struct BalloonFeatMustTellAccept: AcceptsOffered {
  static let id = "balloon.feat.must-tell-accept"
  static let bit = 0
  static let needsSupport = true
  var tally = Tally()
}

/// The configuration is little-endian through the legacy interface too.
///
/// Trap: every other device has the byte order of the guest there.
///
/// Spec: 5.5.4
struct BalloonLegacyCfgLe: LegacyOrderRule {
  static let id = "balloon.legacy.cfg-le"
  static let fields = [ConfigSpan(.balloon, "num_pages"), ConfigSpan(.balloon, "actual")]
  static let order = "little-endian"
  var tally = Tally()
  var readings: [FieldReading] = []
}
