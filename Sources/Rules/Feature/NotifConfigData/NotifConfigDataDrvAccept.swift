/// A driver accepts NOTIF_CONFIG_DATA where it is offered, if it is not older than the feature.
///
/// Spec: 6.1
struct NotifConfigDataDrvAccept: AcceptsOffered {
  static let id = "feature.notif-config-data.drv-accept"
  static let bit = 39
  static let needsSupport = true
  var tally = Tally()
}
