internal import Wire

/// Mapped files that several values may use; they are unmapped when the last of these is gone.
struct SharedFiles {
  /// Gives a mapped file, which has one owner, to many.
  private final class Box {
    let file: MappedFile
    init(_ file: consuming MappedFile) { self.file = file }
  }

  private var boxes: [Box] = []

  init() {}

  init(_ file: consuming MappedFile) { boxes = [Box(file)] }

  var count: Int { boxes.count }

  /// Appends the files of `other`.
  mutating func append(_ other: SharedFiles) { boxes += other.boxes }

  /// The bytes of file `index` in `range`; none where there is no such file or it is shorter.
  @_lifetime(borrow self)
  borrowing func bytes(of index: Int, in range: Range<Int>) -> RawSpan {
    guard boxes.indices.contains(index) else { return RawSpan() }
    let region = unsafe boxes[index].file.region
    guard range.lowerBound >= 0, range.upperBound <= region.count else { return RawSpan() }
    // `self` keeps the box, the box keeps the file, and a mapping never moves.
    return unsafe _overrideLifetime(
      UnsafeRawBufferPointer(rebasing: region[range]).bytes, borrowing: self)
  }
}
