public import Model
internal import Synchronization
internal import Wire

/// Guest memory from any number of sources, the later ones on top.
///
/// Lends bytes of mapped files and copies none. Where two sources hold one address, the later
/// named is seen. What no source holds is not backed.
public struct CombinedMemory: GuestMemory {
  private var files = SharedFiles()
  private var map = PieceMap()
  /// Every source is a raw image at an address: where it ends, memory ends.
  public private(set) var isWhole = false
  /// The running machines among the sources, in order.
  public private(set) var machines: [RunningMachine] = []
  /// Lent for pages that are all zero.
  private let zeros = [UInt8](repeating: 0, count: 1 << 16)

  /// No memory at all: what a recording alone begins with.
  public init() {}

  /// Opens every source, in order.
  public init(_ sources: [MemorySource]) throws(RecordingError) {
    isWhole = !sources.isEmpty && sources.allSatisfy(\.isRange)
    for source in sources {
      if case .qmp(let path) = source {
        let machine = try RunningMachine(path: path)
        machines.append(machine)
        add(try machine.memory())
      } else {
        add(try Self.open(source))
      }
    }
  }

  /// Lets the monitors of running machines go, for others to use; their memory stays.
  public mutating func releaseMonitors() { machines.removeAll() }

  private static func open(_ source: MemorySource) throws(RecordingError) -> MemoryImage {
    switch source {
    case .sparse(let path): try SparseMemory.open(path)
    case .elf(let path): try DumpMemory.open(path)
    case .qmp(let path): try RunningMachine(path: path).memory()
    case .file(let path, let offset, let address, let length):
      try FileMemory.open(path, offset: offset, address: address, length: length)
    }
  }

  /// Lays one more source on top.
  private mutating func add(_ image: MemoryImage) {
    let moved = image.map.pieces.map { piece in
      var piece = piece
      piece.file = piece.file.map { $0 &+ files.count }
      return piece
    }
    files.append(image.files)
    map.cover(with: PieceMap(moved))
  }

  /// The ranges that are backed, in order of address; neighbours from different places of a file
  /// are told apart.
  public var ranges: [ClosedRange<UInt64>] { map.pieces.map { $0.start...$0.last } }

  public borrowing func gap(in range: ClosedRange<UInt64>) -> UInt64? {
    var place = range.lowerBound
    while let piece = map.piece(at: place) {
      guard piece.last < range.upperBound else { return nil }
      place = piece.last &+ 1
    }
    if place > range.lowerBound { return place }
    return map.piece(at: range.upperBound) == nil ? nil : place
  }

  /// Memory of a process is read again from now on; a mapped file always shows what it holds.
  public borrowing func refresh() {
    files.refresh()
    atomicMemoryFence(ordering: .acquiringAndReleasing)
  }

  @_lifetime(borrow self)
  public borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    guard count > 0, let piece = map.piece(at: address) else { return nil }
    // `last - address` is one less than what is left, which may be the whole address space.
    let left = Int(clamping: min(piece.last &- address, UInt64(count &- 1))) &+ 1
    guard let file = piece.file else {
      return zeros.rawBytes.extracting(first: min(left, zeros.count))
    }
    let start = piece.part(from: address, to: piece.last).offset
    let bytes = files.bytes(of: file, in: start..<start &+ left)
    return bytes.byteCount > 0 ? bytes : nil
  }
}
