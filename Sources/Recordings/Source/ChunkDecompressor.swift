internal import CZlib
internal import CZstd

/// Decompresses pieces of a known size, each by itself: zlib or zstd.
///
/// Vouched for as `@safe`: the context is private to this type, made in `init` and freed in
/// `deinit`.
@safe struct ChunkDecompressor: ~Copyable {
  /// A way of compression that a recorder may have used.
  enum Method: String {
    case zlib
    case zstd
  }

  private let method: Method
  private let context: OpaquePointer?

  init(_ method: Method) {
    self.method = method
    unsafe context = method == .zstd ? ZSTD_createDCtx() : nil
  }

  deinit {
    // Freeing a null context is allowed.
    _ = unsafe ZSTD_freeDCtx(context)
  }

  /// Decompresses `source` into `target`, which then holds `count` bytes; false, with `target`
  /// unspecified, when `source` is not a whole piece of exactly that size.
  func decompress(_ source: RawSpan, into target: inout [UInt8], count: Int) -> Bool {
    if target.count != count { target = [UInt8](repeating: 0, count: count) }
    // Both libraries read and write within the lengths given, during the call only.
    return unsafe source.withUnsafeBytes { input in
      unsafe target.withUnsafeMutableBytes { output in
        switch method {
        case .zstd:
          guard let context = unsafe context else { return false }
          return unsafe ZSTD_decompressDCtx(
            context, output.baseAddress, output.count, input.baseAddress, input.count) == count
        case .zlib:
          var length = UInt(count)
          let state = unsafe uncompress(
            output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length,
            input.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt(input.count))
          return state == Z_OK && length == UInt(count)
        }
      }
    }
  }
}
