import Model
import VirtioSpec

/// ADMIN_VQ is not used on virtio-mmio. Trap: bit 41 is another feature on a network device.
///
/// Spec: 4.2.5
struct MMIONoAdminVQ: UnsupportedFeature {
  static let id = "mmio.feature.no-admin-vq"
  static let transport = TransportKind.mmio
  static let bit = 41
  var tally = Tally()

  static func means(on type: DeviceType) -> Bool { type.name != "net" }
}
