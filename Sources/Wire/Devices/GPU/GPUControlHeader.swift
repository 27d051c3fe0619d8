/// A view of `struct virtio_gpu_ctrl_hdr`, with which every request and response of a GPU begins.
///
///      0      4       8          16       20         21        24
///      | type | flags | fence_id | ctx_id | ring_idx | padding | …
///
/// Spec: 5.7.6.7, Device Operation: Request header
public struct GPUControlHeader: ~Escapable {
  @usableFromInline let bytes: RawSpan

  /// The size of the header.
  @inlinable public static var byteCount: Int { 24 }

  /// Views the first 24 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
  }

  /// VIRTIO_GPU_CMD_* of a request, VIRTIO_GPU_RESP_* of a response.
  @inlinable public var type: UInt32 { bytes.littleEndian(at: 0) }
}
