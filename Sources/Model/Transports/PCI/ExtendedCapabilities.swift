/// The list of extended capabilities (from register 0x100), as far as it was read.
///
/// Source: PCI Express Base Specification, 7.9.3, Extended capability header: id in bits 0 to 15,
/// next in bits 20 to 31.
struct ExtendedCapabilities: Sendable {
  /// Headers and other words that were read whole, by register; at most the 960 that exist.
  private var words: [Int: UInt32] = [:]
  /// Where the SR-IOV capability begins, 0 while not seen.
  private(set) var sriov = 0
  /// The list was read to its end.
  private(set) var isComplete = false

  static var sriovID: UInt32 { 0x0010 }

  /// Whether `register` is VF BAR0 of the SR-IOV capability.
  func isFirstVFBar(_ register: Int) -> Bool { sriov != 0 && register == sriov + 0x24 }

  mutating func take(register: Int, value: UInt64, width: Int) {
    guard register >= 0x100, register < 0x1000, register & 3 == 0, width == 4 || width == 0 else {
      return
    }
    words[register] = UInt32(truncatingIfNeeded: value)
    walk()
  }

  private mutating func walk() {
    var register = 0x100
    for _ in 0..<960 {
      guard let header = words[register] else { return }
      if header == 0 || header == .max {
        isComplete = true
        return
      }
      if header & 0xffff == Self.sriovID { sriov = register }
      let next = Int(header >> 20) & 0xffc
      guard next >= 0x100 else {
        isComplete = true
        return
      }
      register = next
    }
  }
}
