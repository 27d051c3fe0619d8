/// A request to a block device, by its header and the bytes of its chain.
///
/// Spec: 5.2.6, Device Operation
public struct BlockRequest: Sendable, BitwiseCopyable {
  /// VIRTIO_BLK_T_*.
  public var type: UInt32
  /// In units of 512 bytes.
  public var sector: UInt64
  /// Bytes of the chain for the device to read, the header among them, and to write, the status among
  /// them.
  public var readable: UInt64
  public var writable: UInt64

  /// Bytes before the data: type, a reserved word, sector.
  public static var headerLength: UInt64 { 16 }

  /// Fails where not all of the header is known, or the driver gave less.
  public init?(_ payload: ToldPayload) {
    guard payload.content == .block, let type = payload.request.number(at: 0, width: 4),
      let sector = payload.request.number(at: 8, width: 8)
    else { return nil }
    self.type = UInt32(truncatingIfNeeded: type)
    self.sector = sector
    readable = payload.request.length
    writable = payload.answer.length
  }

  /// Bytes of data for the device to read; 0 where there is only the header.
  public var dataOut: UInt64 { readable > Self.headerLength ? readable - Self.headerLength : 0 }
  /// Bytes of data for the device to write; 0 where there is only the status.
  public var dataIn: UInt64 { writable > 1 ? writable - 1 : 0 }

  /// `VIRTIO_BLK_T_IN`, or the number where the specification has none.
  public var typeName: String {
    ToldPayload.blockTypes[UInt64(type)].map { "VIRTIO_BLK_T_" + $0 } ?? "type \(type)"
  }
}
