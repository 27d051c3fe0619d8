import Model
import VirtioSpec

/// A driver of virtio-mmio ignores a device of a version that it does not know.
///
/// Trap: a transitional driver goes on with version 1.
///
/// Spec: 4.2.2.2
struct IgnoreBadVersion: UnusableDevice {
  static let id = "mmio.probe.ignore-bad-version"
  static let needsWholeLife = false
  static let kind = Transaction.Kind.readVersion
  var tally = Tally()
  var told = RecordReference.none
  var value: UInt64 = 0

  static func isUnusable(_ value: UInt64) -> Bool { value != 1 && value != 2 }
  static func goesOn(_ step: Transaction) -> Bool { step.isWriteOfMMIO }
  static func text(_ value: UInt64) -> String { "returns \(hex(value)) in Version" }
}
