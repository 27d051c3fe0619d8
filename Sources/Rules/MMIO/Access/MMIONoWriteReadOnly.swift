import Model
import VirtioSpec

/// A driver of virtio-mmio writes no register that can only be read.
///
/// Trap: firmware may clear memory, the window with it, before a driver is there.
///
/// Spec: 4.2.2.2
struct MMIONoWriteReadOnly: MMIORegisterDirection {
  static let id = "mmio.access.no-write-read-only"
  static let needsWholeLife = false
  static let wrongKind = Transaction.Kind.writeRegister
  static let verb = "writes"
  static let access = RegisterAccess.readOnly
  static let adjective = "read-only"
  var tally = Tally()
}
