import Model
import VirtioSpec

/// GuestPageSize is a power of two.
///
/// Spec: 4.2.4
struct PageSizePowerOfTwo: MMIOPowerOfTwo {
  static let id = "legacy.mmio.page-size-power-of-two"
  static let kind = Transaction.Kind.writeGuestPageSize
  static let register = "GuestPageSize"
  var tally = Tally()
}
