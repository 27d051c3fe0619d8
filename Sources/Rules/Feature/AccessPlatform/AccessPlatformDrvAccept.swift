/// A driver accepts ACCESS_PLATFORM where it is offered.
///
/// Spec: 6.1
struct AccessPlatformDrvAccept: AcceptsOffered {
  static let id = "feature.access-platform.drv-accept"
  static let bit = 33
  static let needsSupport = false
  var tally = Tally()
}
