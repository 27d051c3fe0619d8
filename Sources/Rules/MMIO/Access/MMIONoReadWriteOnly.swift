import Model
import VirtioSpec

/// A driver of virtio-mmio reads no register that can only be written.
///
/// Trap: a tool that dumps everything is no driver (`RegisterSweep`).
///
/// Spec: 4.2.2.2
struct MMIONoReadWriteOnly: MMIORegisterDirection {
  static let id = "mmio.access.no-read-write-only"
  static let needsWholeLife = false
  static let wrongKind = Transaction.Kind.readRegister
  static let verb = "reads"
  static let access = RegisterAccess.writeOnly
  static let adjective = "write-only"
  var tally = Tally()
}
