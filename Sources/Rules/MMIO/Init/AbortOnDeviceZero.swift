import Model
import VirtioSpec

/// A driver of virtio-mmio stops the initialization where there is no device.
///
/// Spec: 4.2.3.1.1
struct AbortOnDeviceZero: UnusableDevice {
  static let id = "mmio.init.abort-on-device-zero"
  static let needsWholeLife = false
  static let kind = Transaction.Kind.readDeviceID
  var tally = Tally()
  var told = RecordReference.none
  var value: UInt64 = 0

  static func isUnusable(_ value: UInt64) -> Bool { value == 0 }
  static func goesOn(_ step: Transaction) -> Bool {
    switch step.kind {
    case .readStatus, .writeStatus, .readDeviceFeatures, .writeDriverFeatures,
      .selectDeviceFeatures, .selectDriverFeatures:
      true
    default: false
    }
  }
  static func text(_ value: UInt64) -> String { "returns 0 in DeviceID" }
}
