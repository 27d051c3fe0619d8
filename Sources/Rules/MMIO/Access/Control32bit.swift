import Model
import VirtioSpec

/// A driver of virtio-mmio accesses control registers with aligned words of 32 bits.
///
/// Trap: a recorder may split one access into its bytes; four of them that make up a register one
/// after another decide nothing, so a byte at the beginning of a register waits for the next one.
///
/// Spec: 4.2.2.2
struct Control32bit: Rule {
  static let id = "mmio.access.control-32bit"
  static let needsWholeLife = false
  var tally = Tally()
  /// An access that may be the first part of a split one, and how much of the register is there.
  private var first: Transaction?
  private var bytes: UInt8 = 0

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.traits.contains(.wrongWidth), step.mmioRegister != nil else {
      let before = flush()
      if case .silent = before { return step.kind == .writeStatus ? .held : .silent }
      return before
    }
    if let begun = first, step.byteInField == bytes, step.width <= 2,
      Self.isWrite(step) == Self.isWrite(begun), Int(bytes) + Int(step.width) <= 4
    {
      bytes += step.width
      guard bytes == 4 else { return .silent }
      first = nil
      return .undecidable(.causeNotRecorded)
    }
    let before = flush()
    if step.byteInField == 0, step.width == 1 || step.width == 2 {
      first = step
      bytes = step.width
      return before
    }
    return .broken(Self.breach(step))
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement { flush() }

  /// The access that waited has no second part.
  private mutating func flush() -> Judgement {
    guard let step = first else { return .silent }
    first = nil
    return .broken(Self.breach(step))
  }

  private static func isWrite(_ step: Transaction) -> Bool {
    step.isWriteOfMMIO || step.kind == .writeRegister
  }

  private static func breach(_ step: Transaction) -> Breach {
    let offset = (step.mmioRegister ?? 0) & ~3
    let name = MMIORegisterFacts(offset, version: step.interface == .legacy ? 1 : 2)?.name
    return Breach(
      message: "driver \(isWrite(step) ? "writes" : "reads") \(name ?? hex(offset, digits: 2)) "
        + (step.width == 4
          ? "with 4 bytes that are not aligned"
          : "with \(step.width) \(step.width == 1 ? "byte" : "bytes") instead of 4"),
      place: step.reference)
  }
}
