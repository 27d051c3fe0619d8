/// A view of `struct virtio_gpu_resp_resource_uuid`: the UUID under which a resource is exported.
///
///      0     24     40
///      | hdr | uuid |
///
/// Spec: 5.7.6.8, Device Operation: controlq
public struct GPUUUIDResponse: ~Escapable {
  @usableFromInline let bytes: RawSpan

  /// The size of the response.
  @inlinable public static var byteCount: Int { 40 }

  /// Views the first 40 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
  }

  /// The first and the last eight bytes of the UUID, the first one of each uppermost.
  @inlinable public var high: UInt64 { bytes.bigEndian(at: 24) }
  @inlinable public var low: UInt64 { bytes.bigEndian(at: 32) }
}
