internal import Wire

/// A part of a device's state, as administration commands carry it.
///
/// Spec: 2.14
public struct AdminPart: Sendable, Equatable {
  public var type: UInt16
  public var flags: UInt8
  public var reserved: UInt8
  public var selector: UInt64
  /// Bytes of the value, as the header says.
  public var length: UInt32
  /// As far as the part holds it; empty where only headers are listed.
  public var value: [UInt8] = []

  /// Bit 0 of the flags: the device can do without the part.
  public var isOptional: Bool { flags & 1 != 0 }
  /// The offset of a field of the common configuration structure.
  public var offset: UInt32 { UInt32(truncatingIfNeeded: selector) }
  /// The queue that the part is about.
  public var queue: UInt16 { UInt16(truncatingIfNeeded: selector) }

  /// Parts of which one list is kept.
  public static var limit: Int { 1024 }

  init(_ header: AdminPartHeader) {
    type = header.type
    flags = header.flags
    reserved = header.reserved
    selector = header.selector
    length = header.length
  }

  /// The parts that `bytes` hold one behind the other; what is left over at the end, other than
  /// zeros, makes `isCut` true.
  static func list(
    _ bytes: borrowing AdminBytes, withValues: Bool, isCut: inout Bool
  ) -> [AdminPart] {
    var result: [AdminPart] = []
    var offset = 0
    while offset &+ AdminPartHeader.byteCount <= bytes.count, result.count < limit {
      let rest = bytes.part(from: offset)
      var part = AdminPart(AdminPartHeader(rest))
      // Padding at the end, not a part of type 0 without a value.
      if rest.isZero(from: 0, to: AdminPartHeader.byteCount) { break }
      offset &+= AdminPartHeader.byteCount
      if withValues {
        let value = bytes.part(from: offset, length: Int(part.length))
        part.value = value.array
        if value.count < Int(part.length) { isCut = true }
        offset &+= value.count
      }
      result.append(part)
    }
    if !bytes.isZero(from: offset, to: bytes.count) { isCut = true }
    return result
  }
}
