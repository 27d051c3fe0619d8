/// One base address register, as accesses to it tell.
///
/// Source: PCI Local Bus 3.0, 6.2.5.1. A driver writes all ones and reads back which bits stay, to
/// learn the size; such a write places nothing.
struct BaseAddress: Sendable, BitwiseCopyable {
  /// Address bits as last assigned or read.
  private(set) var address: UInt32 = 0
  /// The low bits that say what the register is, once read.
  private(set) var kind: UInt32 = 0
  /// The register was read or assigned.
  private(set) var isKnown = false
  /// All ones were written and not yet replaced.
  private(set) var isSizing = false
  /// The address bits that stay set after a write of ones, 0 while not read back.
  private(set) var sizeBits: UInt32 = 0
  /// The register was read at all, so that `kind` is known.
  private(set) var wasRead = false
  /// Ones were written and the register was read then, so that `sizeBits` are known.
  private(set) var wasSized = false
  /// The first access read no address.
  private var beganEmpty = false
  private var wasTouched = false

  /// Nobody had placed the register when the recording began, as before any firmware ran.
  var isFresh: Bool { beganEmpty && sizeBits != 0 }

  var isIO: Bool { kind & 1 == 1 }
  var is64Bit: Bool { kind & 7 == 4 }
  private var kindBits: UInt32 { isIO ? 3 : 0xf }

  /// Takes a write; false when it only asks for the size.
  mutating func write(_ value: UInt32, mask: UInt32, isUpperHalf: Bool) -> Bool {
    wasTouched = true
    let whole = address & ~mask | value & mask
    if mask == .max, value | 0xf == .max || (isUpperHalf && value == .max) {
      isSizing = true
      return false
    }
    isSizing = false
    address = isUpperHalf ? whole : whole & ~kindBits
    if sizeBits != 0, !isUpperHalf { address &= sizeBits }
    isKnown = true
    return true
  }

  /// Takes a read of the whole register.
  mutating func read(_ value: UInt32, isUpperHalf: Bool) {
    wasRead = true
    if !isUpperHalf { kind = value & 1 == 1 ? value & 3 : value & 0xf }
    if isSizing {
      wasSized = true
      sizeBits = isUpperHalf ? value : value & ~kindBits
      return
    }
    address = isUpperHalf ? value : value & ~kindBits
    isKnown = true
    if !wasTouched { beganEmpty = address == 0 }
    wasTouched = true
  }

  /// Forgets where it was placed, as a reset does; what it is stays.
  mutating func forgetPlace() {
    address = 0
    isKnown = false
    isSizing = false
  }
}

/// Where a base address register placed its part of a function.
struct Placement: Sendable, BitwiseCopyable, Equatable {
  var base: UInt64
  /// 0 where unknown.
  var size: UInt64
  var isIO: Bool
}
