internal import Wire

/// What devices wrote into the buffers of queues whose content is decoded.
///
/// The answer to a request counts only where it was recorded since the device has the buffer: what lay
/// there before is another's.
struct WrittenBuffers: Sendable {
  private let reader: RingContent.Reader
  /// How many of the first bytes of a part are ever asked for, and whether its last byte is.
  private let limit: Int
  private let withLast: Bool
  private(set) var memory = RecordedMemory(pageLimit: pageLimit)

  private static var pageLimit: Int { 1 << 10 }

  init(of reader: RingContent.Reader, limit: Int, withLast: Bool = false) {
    self.reader = reader
    self.limit = limit
    self.withLast = withLast
  }

  /// Nothing of it was recorded.
  var isEmpty: Bool { memory.isEmpty }

  /// Notes what a device writes into a buffer that it has, as far as anybody will ask for it.
  mutating func watch(
    _ record: MemoryRecord, _ bytes: RawSpan, _ rings: [FollowedRing], _ devices: DeviceTable
  ) {
    guard bytes.byteCount > 0 else { return }
    for place in rings.indices where rings[place].content.reader == reader {
      let chain = devices.firstOutstanding(of: rings[place].device, queue: rings[place].queue) {
        _, buffers in
        guard buffers.contains(where: { $0.isWritable && record.overlaps($0) }) else {
          return false
        }
        keep(bytes, at: record.first, of: buffers)
        // What goes on behind a buffer may be in another chain's.
        return buffers.contains { $0.isWritable && record.isInside($0) }
      }
      if chain != nil { return }
    }
  }

  private mutating func keep(_ bytes: RawSpan, at start: UInt64, of buffers: [RingBuffer]) {
    let end = start &+ UInt64(bytes.byteCount &- 1)
    buffers.forEachAsked(writable: true, limit: limit, withLast: withLast) { range in
      let (first, last) = (max(range.lowerBound, start), min(range.upperBound, end))
      guard first <= last else { return }
      let part = bytes.extracting(Int(first &- start)...Int(last &- start))
      if memory.write(part, at: first) { return }
      // Full: what was forgotten makes answers unknown, no more.
      memory = RecordedMemory(pageLimit: Self.pageLimit)
      _ = memory.write(part, at: first)
    }
  }

  /// Forgets what is asked for of `buffers`, which changed hands.
  mutating func forget(_ buffers: [RingBuffer]) {
    memory.forget(buffers, limit: limit, withLast: withLast)
  }
}

extension [RingBuffer] {
  /// Calls `body` with the addresses of the first `limit` bytes of one part of a chain, buffer by
  /// buffer, and with that of its last byte.
  func forEachAsked(
    writable: Bool, limit: Int, withLast: Bool, _ body: (ClosedRange<UInt64>) -> Void
  ) {
    var rest = UInt64(limit)
    var end: UInt64?
    for buffer in self where buffer.isWritable == writable && buffer.length > 0 {
      let (last, wraps) = buffer.address.addingReportingOverflow(UInt64(buffer.length) &- 1)
      end = wraps ? nil : last
      let count = Swift.min(UInt64(buffer.length), rest)
      rest &-= count
      if count > 0, !wraps { body(buffer.address...(buffer.address &+ (count &- 1))) }
    }
    if withLast, let end { body(end...end) }
  }
}

extension RecordedMemory {
  /// The first bytes of one part of a chain, at most `limit`, up to the first one that memory does not
  /// hold.
  func bytes(of buffers: [RingBuffer], writable: Bool, limit: Int) -> [UInt8] {
    var result: [UInt8] = []
    for buffer in buffers where buffer.isWritable == writable {
      var done = 0
      let count = min(Int(buffer.length), limit &- result.count)
      while done < count {
        let (place, wraps) = buffer.address.addingReportingOverflow(UInt64(done))
        guard !wraps, let bytes = span(at: place, count: count &- done), bytes.byteCount > 0
        else { return result }
        for offset in 0..<bytes.byteCount { result.append(bytes.byte(at: offset)) }
        done &+= bytes.byteCount
      }
      if result.count >= limit { break }
    }
    return result
  }

  /// Forgets the first `limit` bytes of both parts of a chain, and their last ones.
  mutating func forget(_ buffers: [RingBuffer], limit: Int, withLast: Bool = false) {
    for isWritable in [false, true] {
      buffers.forEachAsked(writable: isWritable, limit: limit, withLast: withLast) { forget($0) }
    }
  }
}
