internal import Synchronization
public import Wire

/// The memory of a guest, as a recording, a dump or a running machine gives it.
///
/// Sources are maps of files or sparse overlays; they lend their bytes and copy nothing. A source
/// need not be one piece: an item that crosses from one piece into the next is not to be had as
/// one span, and `read(_:at:)` puts it together from both.
public protocol GuestMemory: ~Copyable {
  /// The contiguous bytes that begin at a guest-physical address.
  ///
  /// - Parameters:
  ///   - address: guest-physical; any value, as it may come from a hostile ring.
  ///   - count: how many bytes are wanted; not negative.
  /// - Returns: at least one and at most `count` bytes: fewer where the piece that backs
  ///   `address` ends earlier; nil when nothing backs `address`, or `count` is 0.
  @_lifetime(borrow self)
  borrowing func span(at address: UInt64, count: Int) -> RawSpan?

  /// Whether the ranges that the source holds end where the guest's memory ends, so that what goes on
  /// behind one is a fault; false for a recording or a snapshot of some pages (and by default).
  var isWhole: Bool { get }

  /// The first address of a range at which nothing is backed though the other end of the range, or
  /// what stands before, is; nil where there is none, and for a range of which neither end is backed.
  ///
  /// Answers in the time that the pieces of the source take, not in that of a hostile length.
  borrowing func gap(in range: ClosedRange<UInt64>) -> UInt64?

  /// Makes whatever is read from now on at least as new as this call, and newer than what was read
  /// before it.
  ///
  /// For memory that a guest goes on writing: between an index and the entries that it announces,
  /// and before an index is read again. A span from before may show other bytes afterwards.
  borrowing func refresh()
}

extension GuestMemory where Self: ~Copyable {
  /// Reads an integer of at most eight bytes, in the byte order of the ring.
  ///
  /// - Returns: nil when any of its bytes is not backed, or the address wraps.
  @inlinable
  public borrowing func read<T>(
    _ type: T.Type = T.self, at address: UInt64, bigEndian isBig: Bool
  ) -> T? where T: FixedWidthInteger & BitwiseCopyable & UnsignedInteger {
    let size = MemoryLayout<T>.size
    if let bytes = span(at: address, count: size), bytes.byteCount >= size {
      return bytes.integer(T.self, at: 0, bigEndian: isBig)
    }
    var value: UInt64 = 0
    for index in 0..<size {
      let (place, wraps) = address.addingReportingOverflow(UInt64(truncatingIfNeeded: index))
      guard !wraps, let byte = span(at: place, count: 1)?.byte(at: 0) else { return nil }
      let shift = UInt64(truncatingIfNeeded: 8 &* (isBig ? size &- 1 &- index : index))
      value |= UInt64(byte) &<< shift
    }
    return T(truncatingIfNeeded: value)
  }

  /// Enough where a span shows the memory itself, or memory that nobody writes: neither compiler nor
  /// processor takes a later read for an earlier one.
  public borrowing func refresh() { atomicMemoryFence(ordering: .acquiringAndReleasing) }

  /// Reads 16 bits; the same as `read`, of which a generic caller gets no fast form.
  borrowing func word(at address: UInt64, bigEndian isBig: Bool) -> UInt16? {
    let bytes = bytes(at: address, count: 2)
    if bytes.byteCount >= 2 { return bytes.integer(at: 0, bigEndian: isBig) }
    return read(at: address, bigEndian: isBig)
  }

  /// What `span(at:count:)` lends; empty where that is nothing.
  @_lifetime(borrow self)
  borrowing func bytes(at address: UInt64, count: Int) -> RawSpan {
    guard let bytes = span(at: address, count: count) else { return RawSpan() }
    return bytes
  }

  /// Sources claim nothing unless they say so.
  public var isWhole: Bool { false }

  public borrowing func gap(in range: ClosedRange<UInt64>) -> UInt64? {
    var place = range.lowerBound
    while true {
      let left = range.upperBound &- place
      guard let bytes = span(at: place, count: Int(clamping: left) &+ (left < 1 << 62 ? 1 : 0))
      else { break }
      let count = UInt64(bytes.byteCount)
      guard count > 0, count <= left else { return count == 0 ? place : nil }
      place &+= count
    }
    if place > range.lowerBound { return place }
    return span(at: range.upperBound, count: 1) == nil ? nil : place
  }
}
