/// A view of a packet of the vtrace encapsulation, version 1: one access and its data.
///
///      0       2     3      4       6     8         16      20     24
///      | "VT"  | ver | kind | flags | cpu | address | width | code | data …
///
/// Little-endian whatever the byte order of the file.
public struct EncapsulatedAccess: ~Escapable {
  @usableFromInline let header: RawSpan
  /// The bytes behind the header, to the end of the packet.
  public let data: RawSpan

  /// The size of the header on the wire.
  @inlinable public static var byteCount: Int { 24 }
  /// The version that this view reads.
  @inlinable public static var version: UInt8 { 1 }

  /// What keeps a packet from being an encapsulated access.
  public enum Defect: Error, Equatable, Sendable {
    /// Fewer bytes than a header.
    case tooShort(Int)
    /// The first two bytes are not `VT`.
    case noMagic(UInt16)
    /// A version that this view does not know.
    case version(UInt8)
  }

  /// Views `packet`, the captured bytes of one packet.
  @inlinable @inline(__always) @_lifetime(copy packet)
  public init(_ packet: RawSpan) throws(Defect) {
    guard packet.byteCount >= Self.byteCount else { throw .tooShort(packet.byteCount) }
    header = packet.extracting(first: Self.byteCount)
    data = packet.extracting(droppingFirst: Self.byteCount)
    let magic = header.bigEndian(UInt16.self, at: 0)
    guard magic == 0x5654 else { throw .noMagic(magic) }
    guard header.byte(at: 2) == Self.version else { throw .version(header.byte(at: 2)) }
  }

  /// What the access is: see the encapsulation.
  @inlinable public var kind: UInt8 { header.byte(at: 3) }

  /// Direction and completeness: see the encapsulation.
  @inlinable public var flags: UInt16 { header.littleEndian(at: 4) }

  /// The CPU that made the access, 0xffff if unknown.
  @inlinable public var cpu: UInt16 { header.littleEndian(at: 6) }

  /// Port, address, register or subchannel: per kind.
  @inlinable public var address: UInt64 { header.littleEndian(at: 8) }

  /// Bytes that the access covers.
  @inlinable public var width: UInt32 { header.littleEndian(at: 16) }

  /// Command, cause or index: per kind.
  @inlinable public var code: UInt32 { header.littleEndian(at: 20) }

  /// The first eight bytes of `data` as a little-endian number; bytes that are not there are zero.
  @inlinable public var value: UInt64 {
    if data.byteCount >= 8 { return data.littleEndian(at: 0) }
    if data.byteCount == 4 { return UInt64(data.littleEndian(UInt32.self, at: 0)) }
    return oddValue
  }

  @usableFromInline var oddValue: UInt64 {
    var value: UInt64 = 0
    var index = data.byteCount
    while index > 0 {
      index &-= 1
      value = value << 8 | UInt64(data.byte(at: index))
    }
    return value
  }
}
