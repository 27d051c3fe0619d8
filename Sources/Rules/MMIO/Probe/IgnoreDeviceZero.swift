import Model
import VirtioSpec

/// A driver of virtio-mmio ignores a slot without a device.
///
/// Spec: 4.2.2.2
struct IgnoreDeviceZero: UnusableDevice {
  static let id = "mmio.probe.ignore-device-zero"
  static let coveredBy = [AbortOnDeviceZero.id]
  static let needsWholeLife = false
  static let kind = Transaction.Kind.readDeviceID
  var tally = Tally()
  var told = RecordReference.none
  var value: UInt64 = 0

  static func isUnusable(_ value: UInt64) -> Bool { value == 0 }
  static func goesOn(_ step: Transaction) -> Bool { step.isWriteOfMMIO }
  static func text(_ value: UInt64) -> String { "returns 0 in DeviceID" }
}
