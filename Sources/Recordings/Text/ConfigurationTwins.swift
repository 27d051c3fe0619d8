internal import Model

/// Makes one access of a PCI configuration access that QEMU's log tells twice.
///
/// Once as the function sees it (`pci_cfg_read`, with the function but no width), once as the guest
/// makes it (an access to port 0xcfc or to ECAM, with the width). A read's first half is the former,
/// a write's the latter, and both come from the same thread with nothing of that thread between.
/// A first half waits for the second; when another thread's event comes first it goes out alone,
/// so that accesses stay in order, and its second half is dropped when it comes.
///
/// Where no function answers there is only the guest's half: of an access through port 0xcfc,
/// the register selected through 0xcf8 tells the address; of one through ECAM, a pair that was seen
/// before tells where ECAM begins. Both become configuration accesses too, and stay as they are
/// when that is not known.
struct ConfigurationTwins {
  /// Which half of a configuration access an event is.
  enum Half {
    /// `pci_cfg_read`, `pci_cfg_write`.
    case function
    /// Port 0xcfc to 0xcff.
    case dataPort
    case ecam
  }

  private struct Waiting {
    var access: Access
    var half: Half
    /// The guest's address of a `dataPort` or `ecam` half.
    var carrier: UInt64
    var wentOut: Bool
  }

  private var waiting: Waiting?
  /// What was last written to port 0xcf8.
  private var selected: UInt64?
  /// Where ECAM begins, once a pair has shown it.
  private var ecamBase: UInt64?

  /// Remembers a write of the address register; false when it is no such write.
  mutating func select(_ access: Access) -> Bool {
    guard access.isWrite, access.address == 0xcf8, access.width == 4 else { return false }
    selected = access.value
    return true
  }

  /// Lets the access that waits go before an event of `thread` that is no half of its.
  mutating func release(before thread: UInt16, emit: (Access) -> Void) {
    guard waiting != nil else { return }
    letGo(before: thread, emit: emit)
  }

  /// Takes one half; returns whether it was the second one of a pair.
  mutating func take(_ access: Access, _ half: Half, emit: (Access) -> Void) -> Bool {
    if let first = waiting, first.access.cpu == access.cpu,
      let whole = Self.join(first, access, half)
    {
      if half == .ecam { ecamBase = access.address &- whole.address }
      if first.half == .ecam { ecamBase = first.carrier &- whole.address }
      if !first.wentOut { emit(whole) }
      waiting = nil
      return true
    }
    letGo(before: access.cpu, emit: emit)
    let isFirstHalf = (half == .function) != access.isWrite
    var told = access
    translate(&told, half)
    if isFirstHalf {
      waiting = Waiting(access: told, half: half, carrier: access.address, wentOut: false)
    } else {
      emit(told)
    }
    return false
  }

  /// Lets go what still waits at the end.
  mutating func finish(emit: (Access) -> Void) {
    if let last = waiting, !last.wentOut { emit(last.access) }
    waiting = nil
  }

  private mutating func letGo(before thread: UInt16, emit: (Access) -> Void) {
    guard let first = waiting else { return }
    if !first.wentOut { emit(first.access) }
    if first.access.cpu == thread { waiting = nil } else { waiting?.wentOut = true }
  }

  /// The whole access when the two halves belong together.
  private static func join(_ first: Waiting, _ second: Access, _ half: Half) -> Access? {
    guard (first.half == .function) != (half == .function),
      first.access.isWrite == second.isWrite
    else { return nil }
    let isFunctionFirst = first.half == .function
    let function = isFunctionFirst ? first.access : second
    let width = isFunctionFirst ? second.width : first.access.width
    let carrier = isFunctionFirst ? second.address : first.carrier
    let lowBits: UInt64 = (isFunctionFirst ? half : first.half) == .ecam ? 0xfff : 3
    let mask: UInt64 = width >= 8 ? .max : (1 << (UInt64(width) * 8)) &- 1
    let value = isFunctionFirst ? second.value : first.access.value
    guard (function.address ^ carrier) & lowBits == 0, (function.value ^ value) & mask == 0
    else { return nil }
    var whole = function
    whole.width = width
    whole.value &= mask
    whole.time = first.access.time
    whole.flags.formUnion(first.access.flags.union(second.flags))
    return whole
  }

  /// Makes a configuration access of what the guest did, where the address can be told.
  private func translate(_ access: inout Access, _ half: Half) {
    switch half {
    case .function: return
    case .dataPort:
      guard let selected, selected & 0x8000_0000 != 0 else { return }
      access.address = (selected >> 8 & 0xffff) << 12 | selected & 0xfc | access.address & 3
    case .ecam:
      // 256 buses of 1 MiB.
      guard let ecamBase, access.address &- ecamBase < 1 << 28 else { return }
      access.address &-= ecamBase
    }
    access.kind = .pciConfiguration
  }
}
