import Model
import VirtioSpec

/// A driver of virtio-mmio ignores a device that returns another magic value.
///
/// Spec: 4.2.2.2
struct IgnoreBadMagic: UnusableDevice {
  static let id = "mmio.probe.ignore-bad-magic"
  static let needsWholeLife = false
  static let kind = Transaction.Kind.readMagic
  var tally = Tally()
  var told = RecordReference.none
  var value: UInt64 = 0

  static func isUnusable(_ value: UInt64) -> Bool { value != 0x7472_6976 && value != 0x7669_7274 }
  static func goesOn(_ step: Transaction) -> Bool { step.isWriteOfMMIO }
  static func text(_ value: UInt64) -> String {
    "returns \(hex(value, digits: 8)) in MagicValue"
  }
}
