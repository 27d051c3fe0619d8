internal import Model
internal import Wire

/// The events of one CPU in one buffer, page by page.
struct CPUStream {
  let cpu: UInt16
  /// Number of the buffer, in the order in which buffers are read.
  let buffer: UInt16
  let pageSize: Int
  let isCompressed: Bool
  /// Offset in the file of the next page, or of the next compressed chunk.
  private(set) var next: Int
  /// Where this CPU's part of the file ends.
  var end: Int
  /// Chunks that are still to come.
  private var chunksLeft: UInt32 = 0

  /// Offset in the file of the chunk at hand.
  private(set) var chunkPlace = 0
  /// Bytes of the chunk at hand when decompressed.
  private(set) var chunkCount = 0
  /// Offset in the chunk of the next page.
  private var chunkNext = 0

  /// Where the data of the page at hand lies, in the file or in the chunk.
  private(set) var dataStart = 0
  private(set) var dataEnd = 0
  /// Where reading stands in the page at hand.
  var cursor = RingEventCursor()
  /// Whether `cursor` has found an event that is not yet taken.
  var hasEvent = false
  /// Time of that event in nanoseconds.
  var time: UInt64 = 0
  /// Events lost before the next event: 0 none, -1 an unknown number.
  var lost: Int64 = 0

  /// A chunk is no larger than this: trace-cmd packs ten pages.
  private static var chunkLimit: Int { 4 << 20 }

  /// - Parameter region: must lie within the file.
  init(region: Range<Int>, cpu: UInt16, buffer: UInt16, pageSize: Int, isCompressed: Bool) {
    next = region.lowerBound
    end = region.upperBound
    self.cpu = cpu
    self.buffer = buffer
    self.pageSize = pageSize
    self.isCompressed = isCompressed
  }

  /// What looking for the next page brought.
  enum Advance {
    case page
    case finished
    /// Something is wrong at this place of the file; the next call goes on behind it.
    case damaged(String, place: Int, isTruncation: Bool)
  }

  /// Reads how many chunks there are; to be called once, before anything else.
  mutating func open(_ file: RawSpan, bigEndian: Bool) -> Advance {
    guard isCompressed, end > next else { return .page }
    guard end - next >= 4 else {
      defer { next = end }
      return .damaged("the number of compressed chunks is missing", place: next, isTruncation: true)
    }
    chunksLeft = file.integer(at: next, bigEndian: bigEndian)
    next += 4
    return .page
  }

  /// Goes to the next page, decompressing the chunk that it is in into `chunk`.
  mutating func advance(
    _ file: RawSpan, chunk: inout [UInt8], method: borrowing ChunkDecompressor,
    head: TraceDatContents
  ) -> Advance {
    hasEvent = false
    if !isCompressed {
      guard next < end else { return .finished }
      let place = next
      next = min(place + pageSize, end)
      return begin(file.extracting(place..<next), at: place, place: place, head: head)
    }
    if chunkNext >= chunkCount {
      let result = nextChunk(
        file, chunk: &chunk, method: method, bigEndian: head.header.isBigEndian)
      guard case .page = result else { return result }
    }
    let start = chunkNext
    chunkNext = min(start + pageSize, chunkCount)
    return begin(
      chunk.rawBytes.extracting(start..<chunkNext), at: start, place: chunkPlace, head: head)
  }

  private mutating func nextChunk(
    _ file: RawSpan, chunk: inout [UInt8], method: borrowing ChunkDecompressor, bigEndian: Bool
  ) -> Advance {
    chunkCount = 0
    chunkNext = 0
    guard chunksLeft > 0 else { return .finished }
    chunksLeft -= 1
    chunkPlace = next
    guard let (packed, count) = sizes(file, bigEndian: bigEndian) else {
      chunksLeft = 0
      return .damaged(
        "expected the two sizes of a compressed chunk, found the end", place: chunkPlace,
        isTruncation: true)
    }
    guard count <= Self.chunkLimit, packed <= end - next - 8 else {
      chunksLeft = 0
      return .damaged(
        "a compressed chunk of \(packed) bytes, \(count) when decompressed, is not possible here",
        place: chunkPlace, isTruncation: packed > end - next - 8)
    }
    let source = file.extracting(next + 8..<next + 8 + packed)
    next += 8 + packed
    guard method.decompress(source, into: &chunk, count: count) else {
      lost = -1
      return .damaged(
        "expected \(count) bytes of compressed events, found damaged data", place: chunkPlace,
        isTruncation: false)
    }
    chunkCount = count
    return .page
  }

  /// Sizes of the chunk at `next`: as it lies there, and decompressed.
  private func sizes(_ file: RawSpan, bigEndian: Bool) -> (packed: Int, count: Int)? {
    guard end - next >= 8 else { return nil }
    let packed: UInt32 = file.integer(at: next, bigEndian: bigEndian)
    let count: UInt32 = file.integer(at: next + 4, bigEndian: bigEndian)
    return (Int(packed), Int(count))
  }

  /// Decompresses the chunk at hand again, after `chunk` was given up.
  mutating func restore(
    _ file: RawSpan, chunk: inout [UInt8], method: borrowing ChunkDecompressor, bigEndian: Bool
  ) -> Bool {
    let packed: UInt32 = file.integer(at: chunkPlace, bigEndian: bigEndian)
    let start = chunkPlace + 8
    return method.decompress(
      file.extracting(start..<start + Int(packed)), into: &chunk, count: chunkCount)
  }

  /// Whether the stream needs a chunk that was given up.
  func lacks(_ chunk: [UInt8]) -> Bool { isCompressed && chunk.isEmpty && chunkCount > 0 }

  /// Begins with `page`, which lies at `start` of the file or chunk.
  mutating func begin(
    _ page: RawSpan, at start: Int, place: Int, head: TraceDatContents
  ) -> Advance {
    dataStart = start
    dataEnd = start
    cursor = RingEventCursor()
    guard let header = RingPage(page, layout: head.page, bigEndian: head.header.isBigEndian) else {
      return .damaged("expected a page header, found the end", place: place, isTruncation: true)
    }
    let room = page.byteCount - head.page.dataOffset
    if header.missed < 0 || lost < 0 {
      lost = -1
    } else {
      lost = lost.addingReportingOverflow(header.missed).partialValue
    }
    if header.commit > pageSize - head.page.dataOffset {
      lost = -1
      return .damaged(
        "a page with \(header.commit) bytes of events, more than it can hold", place: place,
        isTruncation: false)
    }
    dataStart = start + head.page.dataOffset
    dataEnd = dataStart + min(header.commit, room)
    cursor = RingEventCursor(position: 0, time: header.timestamp)
    return .page
  }

  /// Passes over the rest of the page at hand, whose events cannot be told apart.
  mutating func abandonPage() {
    hasEvent = false
    cursor.position = dataEnd - dataStart
    lost = -1
  }

  /// Offset in the file of the event that was found last, or of the chunk that it is in.
  @inline(__always)
  var location: Int { isCompressed ? chunkPlace : dataStart &+ cursor.start }
}
