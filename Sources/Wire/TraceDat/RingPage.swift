/// The header of one page of the kernel's ring buffer, as it was found.
public struct RingPage: Sendable, Equatable, BitwiseCopyable {
  /// The clock at the first event.
  public var timestamp: UInt64
  /// Bytes of events behind the header.
  public var commit: Int
  /// Events lost before this page: 0 none, -1 an unknown number.
  public var missed: Int64

  /// Reads the header of `page`, which may be cut short; nil when it does not hold a header.
  public init?(_ page: RawSpan, layout: RingPageLayout, bigEndian: Bool) {
    guard page.byteCount >= layout.dataOffset else { return nil }
    timestamp = page.integer(at: layout.timestampOffset, bigEndian: bigEndian)
    let word: UInt64 =
      layout.commitSize == 8
      ? page.integer(at: layout.commitOffset, bigEndian: bigEndian)
      : UInt64(page.integer(UInt32.self, at: layout.commitOffset, bigEndian: bigEndian))
    commit = Int(word & 0x7ff_ffff)
    missed = 0
    guard word & 1 << 31 != 0 else { return }
    missed = -1
    let stored = layout.dataOffset + commit
    guard word & 1 << 30 != 0, stored <= page.byteCount - layout.commitSize else { return }
    let count: UInt64 =
      layout.commitSize == 8
      ? page.integer(at: stored, bigEndian: bigEndian)
      : UInt64(page.integer(UInt32.self, at: stored, bigEndian: bigEndian))
    // A number that no buffer can lose is no number.
    if count > 0, count < 1 << 56 { missed = Int64(count) }
  }
}
