internal import CZlib

/// Decompresses gzip: any number of members, one after the other.
///
/// Vouched for as `@safe`: all memory is private to the object and freed in `deinit`.
@safe final class GzipProducer: ByteProducer {
  private let input: any ByteProducer
  private let chunk: UnsafeMutableRawBufferPointer
  // On the heap because zlib keeps a pointer to it between calls.
  private let stream: UnsafeMutablePointer<z_stream>
  private var ready = false
  private var inputEnded = false
  private var memberOpen = false
  private var ended = false
  /// Compressed bytes handed to zlib so far.
  private var taken: UInt64 = 0
  private(set) var damage: SourceDamage?

  init(_ input: any ByteProducer) {
    self.input = input
    unsafe chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, 16 = gzip framing only.
    unsafe ready =
      inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    // All three are owned by this object, and zlib forgets them in `inflateEnd`.
    if ready { _ = unsafe inflateEnd(stream) }
    unsafe stream.deallocate()
    unsafe chunk.deallocate()
  }

  var inputBytes: UInt64 { input.inputBytes }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard room.count > 0, !ended else { return 0 }
    guard ready else { return end("zlib could not start", truncated: false) }
    while true {
      if unsafe stream.pointee.avail_in == 0, !inputEnded { refillInput() }
      if unsafe stream.pointee.avail_in == 0, inputEnded {
        if memberOpen { return end("gzip data ends in the middle", truncated: true) }
        ended = true
        return 0
      }
      let got = unsafe inflateOnce(into: room)
      if got != 0 || ended { return max(got, 0) }
    }
  }

  private func refillInput() {
    let got = unsafe input.produce(into: chunk)
    inputEnded = got == 0
    taken &+= UInt64(got)
    unsafe stream.pointee.next_in = chunk.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = UInt32(truncatingIfNeeded: got)
  }

  /// One call of zlib; returns the bytes that came out.
  private func inflateOnce(into room: UnsafeMutableRawBufferPointer) -> Int {
    let limit = min(room.count, Int(Int32.max))
    unsafe stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(limit)
    let state = unsafe inflate(stream, Z_NO_FLUSH)
    let got = unsafe limit - Int(stream.pointee.avail_out)
    switch state {
    case Z_STREAM_END:
      memberOpen = false
      // A member may follow; what follows and is no member (padding, say) ends the data.
      _ = unsafe inflateReset(stream)
    case Z_OK, Z_BUF_ERROR:
      memberOpen = true
    default:
      if !memberOpen, taken > 0, got == 0, started {
        damage = SourceDamage(
          place: place, text: "bytes after the gzip data are not gzip", isTruncation: false)
      } else {
        damage = SourceDamage(
          place: place, text: "gzip data is damaged", isTruncation: false)
      }
      ended = true
    }
    if got > 0 { started = true }
    return got
  }

  private var started = false

  /// Offset of the next compressed byte.
  private var place: UInt64 {
    unsafe taken &- UInt64(stream.pointee.avail_in)
  }

  private func end(_ text: String, truncated: Bool) -> Int {
    damage = input.damage ?? SourceDamage(place: place, text: text, isTruncation: truncated)
    ended = true
    return 0
  }
}
