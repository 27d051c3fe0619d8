internal import Wire

/// What devices wrote into the buffers of queues whose content is decoded.
///
/// The answer to a request counts only where it was recorded since the device has the buffer: what lay
/// there before is another's.
struct WrittenBuffers: Sendable {
  private let reader: RingContent.Reader
  private(set) var memory = RecordedMemory(pageLimit: pageLimit)

  private static var pageLimit: Int { 1 << 10 }

  init(of reader: RingContent.Reader) { self.reader = reader }

  /// Nothing of it was recorded.
  var isEmpty: Bool { memory.isEmpty }

  /// Notes what a device writes into a buffer that it has.
  mutating func watch(
    _ record: MemoryRecord, _ bytes: RawSpan, _ rings: [FollowedRing], _ devices: DeviceTable
  ) {
    guard bytes.byteCount > 0 else { return }
    for ring in rings where ring.content.reader == reader {
      let chain = devices.ring(of: ring.device, queue: ring.queue)?.chains.firstOutstanding {
        $1.contains { $0.isWritable && record.overlaps($0) }
      }
      guard chain != nil else { continue }
      if !memory.write(bytes, at: record.first) {
        // Full: what was forgotten makes answers unknown, no more.
        memory = RecordedMemory(pageLimit: Self.pageLimit)
        _ = memory.write(bytes, at: record.first)
      }
      return
    }
  }

  /// Forgets the beginning of `buffers`, which changed hands.
  mutating func forget(_ buffers: [RingBuffer], limit: Int) {
    memory.forget(buffers, limit: limit)
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

  /// Forgets the first `limit` bytes of both parts of a chain.
  mutating func forget(_ buffers: [RingBuffer], limit: Int) {
    for isWritable in [false, true] {
      var rest = UInt64(limit)
      for buffer in buffers where buffer.isWritable == isWritable && buffer.length > 0 && rest > 0 {
        let count = min(UInt64(buffer.length), rest)
        rest &-= count
        let (last, wraps) = buffer.address.addingReportingOverflow(count &- 1)
        if !wraps { forget(buffer.address...last) }
      }
    }
  }
}
