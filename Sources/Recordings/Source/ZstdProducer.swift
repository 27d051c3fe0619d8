internal import CZstd

/// Decompresses zstd: any number of frames, skippable ones included.
///
/// Vouched for as `@safe`: all memory is private to the object and freed in `deinit`.
@safe final class ZstdProducer: ByteProducer {
  /// Largest window that a frame may ask for, as a power of two: 32 MiB, so that a hostile frame
  /// cannot make us hold more than the whole program is meant to use.
  static let windowLog: Int32 = 25

  private let input: any ByteProducer
  private let chunk: UnsafeMutableRawBufferPointer
  private let context: OpaquePointer?
  private var inBuffer: ZSTD_inBuffer
  private var inputEnded = false
  private var frameOpen = false
  private var ended = false
  private var taken: UInt64 = 0
  private(set) var damage: SourceDamage?

  init(_ input: any ByteProducer) {
    self.input = input
    unsafe chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    unsafe context = ZSTD_createDCtx()
    unsafe inBuffer = ZSTD_inBuffer(src: UnsafeRawPointer(chunk.baseAddress), size: 0, pos: 0)
    if let context = unsafe context {
      _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
    }
  }

  deinit {
    // Both are owned by this object; freeing a null context is allowed.
    _ = unsafe ZSTD_freeDCtx(context)
    unsafe chunk.deallocate()
  }

  var inputBytes: UInt64 { input.inputBytes }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard room.count > 0, !ended else { return 0 }
    guard let context = unsafe context else { return end("zstd could not start", truncated: false) }
    while true {
      if unsafe inBuffer.pos == inBuffer.size, !inputEnded { refillInput() }
      // With no input left the decompressor may still hold output of an open frame.
      let hadInput = unsafe inBuffer.pos < inBuffer.size
      guard hadInput || frameOpen else {
        ended = true
        return 0
      }
      var out = unsafe ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
      // Both buffers are valid for their sizes, and the library keeps neither.
      let state = unsafe ZSTD_decompressStream(context, &out, &inBuffer)
      if ZSTD_isError(state) != 0 {
        let name = unsafe String(cString: ZSTD_getErrorName(state))
        damage = SourceDamage(
          place: place, text: "zstd data is damaged: \(name)", isTruncation: false)
        ended = true
        return unsafe out.pos
      }
      frameOpen = state != 0
      if unsafe out.pos > 0 { return unsafe out.pos }
      if !hadInput, inputEnded {
        return end("zstd data ends in the middle", truncated: true)
      }
    }
  }

  private func refillInput() {
    let got = unsafe input.produce(into: chunk)
    inputEnded = got == 0
    taken &+= UInt64(got)
    unsafe inBuffer.size = got
    unsafe inBuffer.pos = 0
  }

  /// Offset of the next compressed byte.
  private var place: UInt64 {
    unsafe taken &- UInt64(inBuffer.size - inBuffer.pos)
  }

  private func end(_ text: String, truncated: Bool) -> Int {
    damage = input.damage ?? SourceDamage(place: place, text: text, isTruncation: truncated)
    ended = true
    return 0
  }
}
