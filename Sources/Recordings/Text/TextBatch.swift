internal import Model
internal import Wire

/// Collects accesses, and the few names that go with them, until there are enough for a batch.
///
/// The names are copied: they are rare (the first sight of a region, a mapping), and lines do not
/// stay where they are while a stream is read.
struct TextBatch {
  private var accesses: [Access] = []
  private var payload: [UInt8] = []

  /// Accesses in a batch.
  private static var size: Int { 1024 }

  init() {
    accesses.reserveCapacity(Self.size)
  }

  /// Whether the batch should be handed over before more is added.
  var isFull: Bool { accesses.count >= Self.size - 8 || payload.count > 64 << 10 }

  mutating func append(_ access: Access) {
    accesses.append(access)
  }

  /// Adds an access whose data are the bytes of `range`.
  mutating func append(_ access: Access, payload range: Range<Int>, of line: RawSpan) {
    var access = access
    access.payloadOffset = payload.count
    access.payloadCount = UInt32(truncatingIfNeeded: range.count)
    for index in range { payload.append(line.byte(at: index)) }
    accesses.append(access)
  }

  /// Adds an access whose data are `bytes`.
  mutating func append(_ access: Access, payload bytes: some Sequence<UInt8>) {
    var access = access
    access.payloadOffset = payload.count
    payload.append(contentsOf: bytes)
    access.payloadCount = UInt32(truncatingIfNeeded: payload.count - access.payloadOffset)
    accesses.append(access)
  }

  /// Hands everything to `sink`.
  mutating func flush(into sink: inout some (AccessSink & ~Copyable)) {
    guard !accesses.isEmpty else { return }
    sink.receive(accesses.span, payload: payload.span.raw)
    accesses.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
  }
}
