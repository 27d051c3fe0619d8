import Model
import VirtioSpec

/// ADMIN_VQ is not used on channel I/O. Trap: bit 41 is another feature on a network device.
///
/// Spec: 4.3.4
struct CCWNoAdminVQ: UnsupportedFeature {
  static let id = "ccw.feature.no-admin-vq"
  static let transport = TransportKind.ccw
  static let bit = 41
  var tally = Tally()

  static func means(on type: DeviceType) -> Bool { type.name != "net" }
}
