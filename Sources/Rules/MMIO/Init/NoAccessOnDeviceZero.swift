import Model
import VirtioSpec

/// A driver of virtio-mmio accesses no other register of a slot without a device.
///
/// Trap: the next probe begins with the magic value again.
///
/// Spec: 4.2.3.1.1
struct NoAccessOnDeviceZero: UnusableDevice {
  static let id = "mmio.init.no-access-on-device-zero"
  static let coveredBy = [AbortOnDeviceZero.id, IgnoreDeviceZero.id]
  static let needsWholeLife = false
  static let kind = Transaction.Kind.readDeviceID
  var tally = Tally()
  var told = RecordReference.none
  var value: UInt64 = 0

  static func isUnusable(_ value: UInt64) -> Bool { value == 0 }
  static func goesOn(_ step: Transaction) -> Bool {
    // Reading the version first is a new probe as well, by a driver that trusts the magic value.
    step.mmioRegister.map { $0 > 0x08 } ?? true
  }
  static func text(_ value: UInt64) -> String { "returns 0 in DeviceID" }
}
