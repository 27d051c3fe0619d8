import Model
import VirtioSpec

/// RING_RESET is not used on channel I/O.
///
/// Spec: 4.3.4
struct CCWNoRingReset: UnsupportedFeature {
  static let id = "ccw.feature.no-ring-reset"
  static let transport = TransportKind.ccw
  static let bit = 40
  var tally = Tally()

  static func means(on type: DeviceType) -> Bool { true }
}
