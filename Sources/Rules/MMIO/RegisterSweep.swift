import Model

/// Tells a tool that dumps the registers of virtio-mmio from a driver.
///
/// A dump goes through the registers one after another, which no driver does: the longest run of a
/// driver is the identification, four words. Steps that are not shown to the rules leave small gaps.
struct RegisterSweep: Sendable {
  private var last: UInt32 = 0
  private var length = 0
  private var isWrite = false

  static var shortest: Int { 5 }

  /// Takes the next step; true when it belongs to a sweep.
  mutating func takes(_ step: Transaction) -> Bool {
    guard let offset = step.mmioRegister else {
      length = 0
      return false
    }
    let write = step.isWriteOfMMIO || step.kind == .writeRegister
    let goesOn = length > 0 && write == isWrite && offset > last && offset - last <= 8
    length = goesOn ? length + 1 : 1
    last = offset
    isWrite = write
    return length >= Self.shortest
  }
}
