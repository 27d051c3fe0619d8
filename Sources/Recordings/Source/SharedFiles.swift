internal import Wire

/// Mapped files and memories of processes that several values may use; they are unmapped and closed
/// when the last of these is gone.
struct SharedFiles {
  /// Gives a mapped file, which has one owner, to many.
  private final class Box {
    let file: MappedFile
    init(_ file: consuming MappedFile) { self.file = file }
  }

  private enum Store {
    case file(Box)
    case process(ProcessMemory)
  }

  private var stores: [Store] = []

  init() {}

  init(_ file: consuming MappedFile) { stores = [.file(Box(file))] }

  var count: Int { stores.count }

  /// Appends the files of `other`.
  mutating func append(_ other: SharedFiles) { stores += other.stores }

  /// Appends the memory of a process, whose addresses are then the places in the file.
  mutating func append(_ process: ProcessMemory) { stores.append(.process(process)) }

  /// Makes what is read from now on newer than what was read before; a mapped file always shows
  /// what it holds.
  func refresh() {
    for case .process(let process) in stores { process.refresh() }
  }

  /// The bytes of file `index` in `range`; none where there is no such file or it is shorter. Of a
  /// process they may be fewer.
  @_lifetime(borrow self)
  borrowing func bytes(of index: Int, in range: Range<Int>) -> RawSpan {
    guard stores.indices.contains(index) else { return RawSpan() }
    switch stores[index] {
    case .file(let box):
      let region = unsafe box.file.region
      guard range.lowerBound >= 0, range.upperBound <= region.count else { return RawSpan() }
      // `self` keeps the box, the box keeps the file, and a mapping never moves.
      return unsafe _overrideLifetime(
        UnsafeRawBufferPointer(rebasing: region[range]).bytes, borrowing: self)
    case .process(let process):
      // `self` keeps the process's memory, whose lines never move.
      return unsafe _overrideLifetime(process.bytes(in: range).bytes, borrowing: self)
    }
  }
}
