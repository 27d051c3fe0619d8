/// A driver accepts RING_PACKED where it is offered, if it supports packed rings.
///
/// Spec: 6.1
struct RingPackedDrvAccept: AcceptsOffered {
  static let id = "feature.ring-packed.drv-accept"
  static let bit = 34
  static let needsSupport = true
  var tally = Tally()
}
