public import VirtioSpec
internal import Wire

/// How a group administration command ended, as its device told when it used the buffer.
///
/// What lies beyond the length that the device gave counts as zero, as it does for the driver.
///
/// Spec: 2.12.1 and 2.13
public struct AdminResult: Sendable, Equatable {
  public var command: AdminCommand
  /// When the device used the buffer.
  public var reference: RecordReference
  /// The length that the device gave; nil where one used buffer stands for several.
  public var length: UInt32?
  /// The first bytes that the device wrote, as far as the recording has them.
  public internal(set) var written: [UInt8]
  /// The bytes were found in memory later: they may be another's by then.
  public var isFound: Bool

  public init(
    _ command: AdminCommand, at reference: RecordReference, length: UInt32?, written: [UInt8],
    isFound: Bool = false
  ) {
    self.command = command
    self.reference = reference
    self.length = length
    self.written = written
    self.isFound = isFound
  }

  /// Bytes that count, by the length that the device gave and the room that there was; nil where it
  /// gave none.
  private var end: Int? {
    length.map { Int(min(UInt64($0), command.writableLength, UInt64(Int32.max))) }
  }

  /// What counts of `written`.
  public var bytes: [UInt8] { Array(written.prefix(end ?? .max)) }

  /// The recording has the status: what the device wrote of it, beyond which it is zero.
  public var isKnown: Bool {
    command.isKnown && written.count >= min(end ?? 4, 4)
  }
  /// The recording has all that counts.
  public var isWhole: Bool { isKnown && end.map { written.count >= $0 } ?? false }

  private var counted: AdminBytes {
    AdminBytes(written.rawBytes).part(from: 0, length: end ?? .max)
  }
  private var header: AdminStatusHeader { AdminStatusHeader(counted) }

  /// The fields of the header; without meaning while `isKnown` is false.
  public var status: AdminStatus { AdminStatus(rawValue: header.status) }
  public var qualifier: AdminQualifier { AdminQualifier(rawValue: header.qualifier) }
  /// Nil where the recording does not have all bytes of the reserved field.
  public var isReservedZero: Bool? {
    if !header.isReservedZero { return false }
    return written.count >= min(end ?? 8, 8) ? true : nil
  }
  /// The command did what it was to do.
  public var isOK: Bool { isKnown && status == .ok }

  /// The result of the command, as far as the recording has it.
  public var data: [UInt8] { Array(bytes.dropFirst(AdminStatusHeader.byteCount)) }
}

/// What is in the result of a command that succeeded; nil where there is none of it, or the recording
/// does not have all of it.
extension AdminResult {
  private func has(_ opcode: AdminOpcode) -> Bool {
    isOK && isWhole && command.opcode == opcode
  }

  private var rest: AdminBytes { counted.part(from: AdminStatusHeader.byteCount) }

  /// LIST_QUERY: the opcodes that the device supports for the group.
  public var opcodes: AdminBitmap? { has(.listQuery) ? AdminBitmap(rest) : nil }

  /// CAP_ID_LIST_QUERY: the ids of the device's capabilities.
  public var capabilities: AdminBitmap? { has(.capabilityList) ? AdminBitmap(rest) : nil }

  /// DEVICE_CAP_GET: what the capability holds.
  public var capabilityData: [UInt8]? { has(.deviceCapabilityGet) ? data : nil }

  /// The two legacy reads: what was read, and what pads it.
  public var legacyData: [UInt8]? {
    has(.legacyCommonRead) || has(.legacyDeviceRead) ? data : nil
  }

  /// LEGACY_NOTIFY_INFO: the entries that the buffer had room for.
  public var notifyEntries: [AdminNotifyEntry]? {
    guard has(.legacyNotifyInfo) else { return nil }
    var entries: [AdminNotifyEntry] = []
    let room = command.writableLength &- min(command.writableLength, 8)
    while entries.count < AdminNotifyEntry.count, UInt64(entries.count &* 16 &+ 16) <= room {
      entries.append(AdminNotifyEntry(AdminNotifyHeader(rest.part(from: entries.count &* 16))))
    }
    return entries
  }

  /// QUERY of an object: what it is made of, and what pads it.
  public var objectData: [UInt8]? {
    isOK && isWhole && command.opcode.isAmbiguous && !data.isEmpty ? data : nil
  }

  /// DEV_PARTS_METADATA_GET: the size of all parts, or how many there are.
  public var partsNumber: UInt32? {
    has(.partsMetadataGet) && command.partsKind != nil ? rest.word(at: 0) : nil
  }

  /// DEV_PARTS_METADATA_GET of a list: the headers. DEV_PARTS_GET: the parts.
  public var parts: AdminParts? {
    if has(.partsMetadataGet), command.partsKind == 2 {
      return AdminParts(rest.part(from: 8), withValues: false)
    }
    return has(.partsGet) ? AdminParts(rest, withValues: true) : nil
  }
}
