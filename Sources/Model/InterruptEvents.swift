/// The bits of InterruptStatus of virtio-mmio as a session saw them.
///
/// Spec: 4.2.2, MMIO Device Register Layout
public struct InterruptEvents: Sendable, BitwiseCopyable {
  /// Bits that the last read showed, less what was acknowledged since.
  public var pending: UInt32 = 0
  /// Bits that some read showed since they were last acknowledged.
  public var shown: UInt32 = 0
  /// Bits that the last read no longer showed though nobody acknowledged them, and that read.
  public var vanished: UInt32 = 0
  public var vanishedAt: RecordReference = .none
  public var firstRead: RecordReference = .none
  public var lastRead: RecordReference = .none
  public var firstAcknowledgement: RecordReference = .none
  public var lastAcknowledgement: RecordReference = .none
  /// The driver was seen at its rings between an interrupt and the acknowledgement.
  public var handlesFirst = false

  public init() {}

  /// Takes a step about a ring.
  mutating func applyRing(_ step: Transaction) {
    guard pending & 1 != 0, !handlesFirst else { return }
    handlesFirst = step.traits.isDisjoint(with: [.byDevice, .fromSnapshot])
  }

  mutating func apply(_ step: Transaction) {
    let bits = UInt32(truncatingIfNeeded: step.value & step.mask)
    vanished = 0
    guard step.kind == .readISR else {
      if !firstAcknowledgement.isSet { firstAcknowledgement = step.reference }
      lastAcknowledgement = step.reference
      // An acknowledgement whose value is not known may be of anything.
      pending = step.hasValue ? pending & ~bits : 0
      shown = step.hasValue ? shown & ~bits : .max
      return
    }
    if !firstRead.isSet { firstRead = step.reference }
    lastRead = step.reference
    guard step.hasValue else {
      pending = 0
      shown = .max
      return
    }
    vanished = pending & ~bits
    if vanished != 0 { vanishedAt = step.reference }
    pending = bits
    shown |= bits
  }
}
