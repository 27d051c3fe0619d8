/// A range of guest-physical memory whose bytes lie one after the other in a mapped file, or are
/// all zero.
struct MemoryPiece: Equatable {
  /// First address.
  var start: UInt64
  /// Last address: a piece may reach to the end of the address space, and is never empty.
  var last: UInt64
  /// Which file; nil when the bytes are zeros that no file holds.
  var file: Int?
  /// Where in the file the piece begins.
  var offset: Int

  init(start: UInt64, last: UInt64, file: Int?, offset: Int) {
    self.start = start
    self.last = last
    self.file = file
    self.offset = offset
  }

  /// A piece of `length` bytes; nil when it is empty or goes past the end of the address space.
  init?(start: UInt64, length: UInt64, file: Int?, offset: Int) {
    guard length > 0 else { return nil }
    let (last, wraps) = start.addingReportingOverflow(length &- 1)
    guard !wraps else { return nil }
    self.init(start: start, last: last, file: file, offset: offset)
  }

  /// The part of the piece from `first` to `last`, which both lie in it.
  func part(from first: UInt64, to last: UInt64) -> MemoryPiece {
    // The distance is less than the piece, which lies in a mapped file where it has one.
    let moved = file == nil ? 0 : offset &+ Int(truncatingIfNeeded: first &- start)
    return MemoryPiece(start: first, last: last, file: file, offset: moved)
  }

  /// Whether `next` goes on where this one ends, in memory and in the file.
  func continues(into next: MemoryPiece) -> Bool {
    guard last < .max, last &+ 1 == next.start, file == next.file else { return false }
    return file == nil || next.offset == offset &+ Int(truncatingIfNeeded: next.start &- start)
  }
}
