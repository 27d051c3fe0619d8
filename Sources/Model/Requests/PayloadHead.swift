internal import Wire

/// The beginning of the bytes that one part of a chain holds, the part for the device to read or the
/// one for it to write, as far as the recording has them.
public struct PayloadHead: Sendable, BitwiseCopyable {
  /// Bytes that are kept: more than any header that is decoded.
  public static var limit: Int { 64 }

  private var bytes = InlineArray<64, UInt8>(repeating: 0)
  /// Bytes that are known from the start of the part on, without a gap; at most `limit`.
  public private(set) var count = 0
  /// Bytes of the whole part, by its descriptors.
  public var length: UInt64
  /// The last byte of the part, where it is known.
  public var last: UInt8?
  /// Numbers have the byte order of a big-endian guest: through the legacy interface alone.
  public var isBigEndian: Bool

  public init(length: UInt64 = 0, isBigEndian: Bool = false) {
    self.length = length
    self.isBigEndian = isBigEndian
  }

  /// Takes the next byte; those beyond `limit` are not kept.
  public mutating func append(_ byte: UInt8) {
    guard count < Self.limit else { return }
    bytes[count] = byte
    count += 1
  }

  /// Whether every byte of `offset..<offset + count` is known.
  public func holds(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= self.count && count <= self.count - offset
  }

  /// The number of `width` bytes (at most 8) at `offset`; nil where one of them is not known.
  public func number(at offset: Int, width: Int) -> UInt64? {
    guard width <= 8, holds(offset, width) else { return nil }
    var value: UInt64 = 0
    for place in 0..<width {
      let byte = isBigEndian ? place : width - 1 - place
      value = value << 8 | UInt64(bytes[offset + byte])
    }
    return value
  }

  /// The known bytes from `offset` on.
  public func known(from offset: Int = 0) -> [UInt8] {
    (min(max(offset, 0), count)..<count).map { bytes[$0] }
  }
}

extension RecordedMemory {
  /// The beginning of one part of a chain.
  ///
  /// - Parameter withLast: looks for the part's last byte too.
  func head(
    of buffers: [RingBuffer], writable: Bool, isBigEndian: Bool, withLast: Bool
  ) -> PayloadHead {
    var head = PayloadHead(isBigEndian: isBigEndian)
    var isWhole = true
    var end: UInt64?
    for buffer in buffers where buffer.isWritable == writable && buffer.length > 0 {
      head.length &+= UInt64(buffer.length)
      end = buffer.address &+ UInt64(buffer.length) &- 1
      if isWhole, head.count < PayloadHead.limit { isWhole = append(buffer, to: &head) }
    }
    if withLast, let end { head.last = span(at: end, count: 1)?.byte(at: 0) }
    return head
  }

  /// Appends what is known of a buffer from its start on; false where that is not all that is wanted.
  private func append(_ buffer: RingBuffer, to head: inout PayloadHead) -> Bool {
    var done = 0
    let count = min(Int(buffer.length), PayloadHead.limit - head.count)
    while done < count {
      let (place, wraps) = buffer.address.addingReportingOverflow(UInt64(done))
      guard !wraps, let bytes = span(at: place, count: count - done), bytes.byteCount > 0
      else { return false }
      for offset in 0..<bytes.byteCount { head.append(bytes.byte(at: offset)) }
      done += bytes.byteCount
    }
    return true
  }
}
