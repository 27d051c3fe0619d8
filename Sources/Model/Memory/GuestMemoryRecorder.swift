internal import Wire

/// Replays the memory records of a recording, in order, into an overlay on other memory.
///
/// A snapshot and a write both say what the bytes are from then on. Bytes of a write that were
/// not captured are unknown from then on, whatever they were before; bytes that a snapshot did
/// not capture stay what they were, as it changes nothing.
public struct GuestMemoryRecorder<Base: GuestMemory & ~Copyable>: AccessSink, ~Copyable {
  /// The memory as it is after the last record taken.
  public private(set) var memory: OverlayMemory<Base>
  /// Where to stop; nil to take everything.
  public let end: RecordingPosition?
  /// Records of memory that were taken.
  public private(set) var taken: UInt64 = 0
  /// Records of memory for which there was no room, or which pass the end of the address space.
  public private(set) var refused: UInt64 = 0
  /// Whether a record beyond `end` came: the recording need not be read on.
  public private(set) var isPastEnd = false

  /// Begins with `memory`.
  public init(into memory: consuming OverlayMemory<Base>, upTo end: RecordingPosition? = nil) {
    self.memory = memory
    self.end = end
  }

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices { receive(batch[index], payload: payload) }
  }

  /// Takes one record; `payload` is what came with its batch. Records of other kinds only tell
  /// whether the end is reached.
  public mutating func receive(_ access: Access, payload: RawSpan) {
    guard !isPastEnd else { return }
    switch end {
    case .record(let last)?: isPastEnd = access.record > last
    case .time(let last)?: isPastEnd = access.time > last
    case nil: break
    }
    guard !isPastEnd, access.kind == .memory else { return }
    taken &+= 1
    let captured = access.hasData ? write(access, payload: payload) : 0
    let isSnapshot = access.code == 0
    guard !isSnapshot, UInt64(access.width) > captured else { return }
    let (rest, wraps) = access.address.addingReportingOverflow(captured)
    if !wraps { memory.forget(at: rest, count: UInt64(access.width) &- captured) }
  }

  /// Writes what was captured, and returns how many bytes that is.
  private mutating func write(_ access: Access, payload: RawSpan) -> UInt64 {
    let start = access.payloadOffset
    let count = Int(access.payloadCount)
    // A reader that breaks its contract gives no bytes, and takes none that are not there.
    guard count > 0, start >= 0, start <= payload.byteCount, count <= payload.byteCount - start
    else { return 0 }
    let bytes = payload.extracting(start..<start + count)
    if !memory.write(bytes, at: access.address) { refused &+= 1 }
    return UInt64(count)
  }

  /// Ends the replay and hands over the memory.
  public consuming func finish() -> OverlayMemory<Base> { memory }
}
