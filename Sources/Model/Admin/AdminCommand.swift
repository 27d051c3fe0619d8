public import VirtioSpec
internal import Wire

/// A group administration command as its driver made it available.
///
/// Spec: 2.12.1 and 2.13
public struct AdminCommand: Sendable, Equatable {
  public var queue: Int32
  /// The id of its chain.
  public var id: UInt32
  /// When it was made available.
  public var reference: RecordReference
  /// Bytes for the device to read and to write, as the chain has them.
  public var readableLength: UInt64
  public var writableLength: UInt64
  /// The first bytes for the device to read, as far as the recording has them.
  public internal(set) var bytes: [UInt8]

  /// Bytes of a part that are kept.
  public static var limit: Int { 1 << 16 }

  public init(
    queue: Int32, id: UInt32, at reference: RecordReference, bytes: [UInt8],
    readable: UInt64, writable: UInt64
  ) {
    self.queue = queue
    self.id = id
    self.reference = reference
    self.bytes = bytes
    readableLength = readable
    writableLength = writable
  }

  /// What the recording has of the part names the command.
  public var isKnown: Bool {
    UInt64(bytes.count) >= min(readableLength, UInt64(AdminCommandHeader.byteCount))
  }
  /// The recording has the whole part for the device to read.
  public var isWhole: Bool { UInt64(bytes.count) == readableLength }

  private var header: AdminCommandHeader { AdminCommandHeader(AdminBytes(bytes.rawBytes)) }

  /// The fields of the header; without meaning while `isKnown` is false.
  public var opcode: AdminOpcode { AdminOpcode(rawValue: header.opcode) }
  public var groupType: UInt16 { header.groupType }
  public var isReservedZero: Bool { header.isReservedZero }
  public var member: UInt64 { header.member }

  /// The data of the command, as far as the recording has them.
  public var data: [UInt8] { Array(bytes.dropFirst(AdminCommandHeader.byteCount)) }
  /// Bytes for the data.
  public var dataLength: UInt64 {
    readableLength > 24 ? readableLength &- 24 : 0
  }
}

/// What is in the data of a command; nil where it is none of the commands that have such.
extension AdminCommand {
  private func has(_ first: AdminOpcode, _ last: AdminOpcode) -> Bool {
    isKnown && first.rawValue <= opcode.rawValue && opcode.rawValue <= last.rawValue
  }

  private var rest: AdminBytes {
    AdminBytes(bytes.rawBytes).part(from: AdminCommandHeader.byteCount)
  }

  /// LIST_USE: the opcodes that the driver is going to use.
  public var opcodes: AdminBitmap? {
    has(.listUse, .listUse) && isWhole ? AdminBitmap(rest) : nil
  }

  /// The four legacy accesses: the offset.
  public var legacyOffset: UInt8? {
    guard has(.legacyCommonWrite, .legacyDeviceRead), dataLength == 0 || rest.count > 0
    else { return nil }
    return rest.byte(at: 0)
  }

  /// The two legacy writes: what is written, and what pads it.
  public var legacyData: [UInt8]? {
    guard isKnown, isWhole, opcode == .legacyCommonWrite || opcode == .legacyDeviceWrite
    else { return nil }
    return rest.part(from: 8).array
  }

  /// The capability that is asked for or set.
  public var capability: UInt16? {
    has(.deviceCapabilityGet, .driverCapabilitySet) && hasData(2) ? rest.half(at: 0) : nil
  }

  /// DRIVER_CAP_SET: what it is set to.
  public var capabilityData: [UInt8]? {
    has(.driverCapabilitySet, .driverCapabilitySet) && isWhole ? rest.part(from: 8).array : nil
  }

  /// The resource object that a command about objects or parts names.
  public var object: AdminObjectName? {
    guard has(.objectCreate, .partsSet), hasData(AdminObjectHeader.byteCount) else { return nil }
    let header = AdminObjectHeader(rest)
    return AdminObjectName(
      groupType: groupType, member: member, type: header.type, id: header.id)
  }

  /// CREATE, MODIFY and QUERY of an object: the flags.
  public var objectFlags: UInt64? {
    has(.objectCreate, .objectQuery) && hasData(16) ? AdminObjectHeader(rest).flags : nil
  }

  /// CREATE and MODIFY of an object: what it is made of, and what pads it.
  public var objectData: [UInt8]? {
    has(.objectCreate, .objectQuery) && isWhole ? rest.part(from: 16).array : nil
  }

  /// DEV_PARTS_METADATA_GET: 0 size, 1 count, 2 list. DEV_PARTS_GET: 0 selected parts, 1 all.
  public var partsKind: UInt8? {
    has(.partsMetadataGet, .partsGet) && hasData(9) ? rest.byte(at: 8) : nil
  }

  /// DEV_PARTS_GET: the headers of the parts that are wanted. DEV_PARTS_SET: the parts.
  public var parts: AdminParts? {
    guard has(.partsGet, .partsSet), isWhole else { return nil }
    let isSet = opcode == .partsSet
    return AdminParts(rest.part(from: isSet ? 8 : 16), withValues: isSet)
  }

  /// DEV_MODE_SET: bit 0 stops the member.
  public var modeFlags: UInt8? {
    has(.modeSet, .modeSet) && hasData(1) ? rest.byte(at: 0) : nil
  }

  /// The recording has the first `count` bytes of the data, or all of them.
  private func hasData(_ count: Int) -> Bool { isWhole || rest.count >= count }
}
