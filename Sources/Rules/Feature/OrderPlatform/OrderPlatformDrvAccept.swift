/// A driver accepts ORDER_PLATFORM where it is offered.
///
/// Spec: 6.1
struct OrderPlatformDrvAccept: AcceptsOffered {
  static let id = "feature.order-platform.drv-accept"
  static let bit = 36
  static let needsSupport = false
  var tally = Tally()
}
