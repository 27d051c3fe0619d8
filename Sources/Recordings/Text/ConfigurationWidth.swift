/// How many bytes a configuration access covered, told from its register and value alone.
///
/// QEMU prints no width. Where the access that carried this one (port 0xcfc or ECAM) is in the log
/// too, its width is taken; this is for logs without it.
enum ConfigurationWidth {
  /// The width, 0 where it cannot be told.
  ///
  /// The alignment of the register bounds it from above and the value from below. What is between
  /// is decided where a register of the standard header leaves no choice: a two-byte register whose
  /// neighbour cannot be 0 in a function that exists (Device ID, Status with its capabilities bit),
  /// a one-byte register that drivers read as such, and the base addresses of an endpoint.
  /// Spec: PCI Local Bus 3.0, 6.1 and 6.2.
  static func guess(register: UInt64, value: UInt64, isVirtio: Bool) -> UInt32 {
    let least: UInt32 = value > 0xffff ? 4 : value > 0xff ? 2 : 1
    let most: UInt32 = register & 3 == 0 ? 4 : register & 1 == 0 ? 2 : 1
    if least >= most { return least }
    switch register {
    case 0x00, 0x04, 0x06, 0x0a, 0x2c, 0x2e: return max(least, 2)
    case 0x0c, 0x0e, 0x34, 0x3c: return least
    case 0x10, 0x14, 0x08: return 4
    // A bridge has its bus numbers and windows here, an endpoint its base addresses.
    case 0x18, 0x1c, 0x20, 0x24, 0x28, 0x30: return isVirtio ? 4 : 0
    default: return 0
    }
  }
}
