/// Goes through the events of one page of the kernel's ring buffer.
///
/// The cursor is a plain value that knows offsets, so that the page may be kept, replaced or
/// decompressed anew between two steps.
public struct RingEventCursor: Sendable, BitwiseCopyable {
  /// Offset in the page's data of the next header.
  public var position: Int
  /// The clock at the event that was found last, and before: that of the page.
  public var time: UInt64
  /// Offset of the header of the event that was found last.
  public var start = 0
  /// Where the data of that event lies.
  public var dataStart = 0
  /// Length of that data.
  public var dataCount = 0

  @inlinable
  public init(position: Int = 0, time: UInt64 = 0) {
    self.position = position
    self.time = time
  }

  /// What a step found.
  public enum Step: Sendable, BitwiseCopyable {
    case event
    case end
    /// At `start` stands what no event can be.
    case damaged
  }

  /// Finds the next event in `data`, the bytes behind the page's header.
  ///
  /// Time extends, time stamps and padding are taken on the way.
  @inlinable @inline(__always)
  public mutating func next(
    in data: RawSpan, layout: RingEventLayout, bigEndian: Bool
  ) -> Step {
    let deltaBits = UInt64(32 &- layout.typeBits)
    while true {
      start = position
      guard data.byteCount &- position >= 4 else {
        return data.byteCount == position ? .end : .damaged
      }
      let word: UInt32 = data.integer(at: position, bigEndian: bigEndian)
      let type = bigEndian ? word &>> UInt32(deltaBits) : word & (1 &<< layout.typeBits &- 1)
      let delta = UInt64(
        bigEndian ? word & (1 &<< UInt32(deltaBits) &- 1) : word &>> layout.typeBits)
      if type != 0, type != layout.padding, type < layout.padding {
        time &+= delta
        return found(at: position &+ 4, count: Int(type) &* 4, of: data)
      }
      guard data.byteCount &- position >= 8 else {
        // Room too short for any event is padding without a length.
        return type == layout.padding ? .end : .damaged
      }
      let array: UInt32 = data.integer(at: position &+ 4, bigEndian: bigEndian)
      if type == 0 {
        time &+= delta
        guard array >= 4 else { return .damaged }
        return found(at: position &+ 8, count: (Int(array) &- 1) & ~3, of: data)
      } else if type == layout.timeExtend {
        time &+= UInt64(array) &<< deltaBits &+ delta
        position &+= 8
      } else if type == layout.timeStamp {
        // The bits above what fits stay as they were.
        let kept = ~(UInt64(1) << (32 &+ deltaBits) &- 1)
        time = time & kept | UInt64(array) &<< deltaBits | delta
        position &+= 8
      } else if type == layout.padding {
        time &+= delta
        guard delta != 0 else { return .end }
        position &+= 4 &+ Int(array)
        if position > data.byteCount { return .end }
        guard array >= 4 else { return .damaged }
      } else {
        return .damaged
      }
    }
  }

  @inlinable @inline(__always)
  mutating func found(at offset: Int, count: Int, of data: RawSpan) -> Step {
    guard count <= data.byteCount &- offset else { return .damaged }
    dataStart = offset
    dataCount = count
    position = offset &+ count
    return .event
  }
}
