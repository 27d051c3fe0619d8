/// A group administration command, by its opcode.
///
/// The table of opcodes and the descriptions of the commands give MODIFY and QUERY of resource
/// objects the numbers of each other; the names here are those of the descriptions. What rests on
/// which of the two a command is cannot be decided by its number.
///
/// Spec: 2.12.1
public struct AdminOpcode: RawRepresentable, Sendable, Hashable, BitwiseCopyable {
  public var rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static var listQuery: AdminOpcode { AdminOpcode(rawValue: 0x00) }
  public static var listUse: AdminOpcode { AdminOpcode(rawValue: 0x01) }
  public static var legacyCommonWrite: AdminOpcode { AdminOpcode(rawValue: 0x02) }
  public static var legacyCommonRead: AdminOpcode { AdminOpcode(rawValue: 0x03) }
  public static var legacyDeviceWrite: AdminOpcode { AdminOpcode(rawValue: 0x04) }
  public static var legacyDeviceRead: AdminOpcode { AdminOpcode(rawValue: 0x05) }
  public static var legacyNotifyInfo: AdminOpcode { AdminOpcode(rawValue: 0x06) }
  public static var capabilityList: AdminOpcode { AdminOpcode(rawValue: 0x07) }
  public static var deviceCapabilityGet: AdminOpcode { AdminOpcode(rawValue: 0x08) }
  public static var driverCapabilitySet: AdminOpcode { AdminOpcode(rawValue: 0x09) }
  public static var objectCreate: AdminOpcode { AdminOpcode(rawValue: 0x0a) }
  public static var objectModify: AdminOpcode { AdminOpcode(rawValue: 0x0b) }
  public static var objectQuery: AdminOpcode { AdminOpcode(rawValue: 0x0c) }
  public static var objectDestroy: AdminOpcode { AdminOpcode(rawValue: 0x0d) }
  public static var partsMetadataGet: AdminOpcode { AdminOpcode(rawValue: 0x0e) }
  public static var partsGet: AdminOpcode { AdminOpcode(rawValue: 0x0f) }
  public static var partsSet: AdminOpcode { AdminOpcode(rawValue: 0x10) }
  public static var modeSet: AdminOpcode { AdminOpcode(rawValue: 0x11) }

  /// Opcodes that this specification defines.
  public static var defined: Range<UInt16> { 0..<0x12 }

  /// This specification defines the command.
  public var isDefined: Bool { Self.defined.contains(rawValue) }
  /// LIST_QUERY or LIST_USE, which say what may be used and need no permission themselves.
  public var isList: Bool { rawValue <= 1 }
  /// One of the four commands that reach into the legacy interface of a member.
  public var isLegacyAccess: Bool { (2...5).contains(rawValue) }
  /// The number that stands for MODIFY in one place of the specification and for QUERY in another.
  public var isAmbiguous: Bool { rawValue == 0x0b || rawValue == 0x0c }

  /// `LIST_QUERY`; a number where the specification has no name.
  public var name: String {
    Self.names.indices.contains(Int(rawValue))
      ? Self.names[Int(rawValue)] : "0x" + String(rawValue, radix: 16)
  }

  /// The opcode with a name of the specification, without `VIRTIO_ADMIN_CMD_`.
  public init?(named name: String) {
    guard let place = Self.names.firstIndex(of: name) else { return nil }
    rawValue = UInt16(place)
  }

  /// The names of the opcodes from 0 on, without `VIRTIO_ADMIN_CMD_`.
  public static let names = [
    "LIST_QUERY", "LIST_USE", "LEGACY_COMMON_CFG_WRITE", "LEGACY_COMMON_CFG_READ",
    "LEGACY_DEV_CFG_WRITE", "LEGACY_DEV_CFG_READ", "LEGACY_NOTIFY_INFO", "CAP_ID_LIST_QUERY",
    "DEVICE_CAP_GET", "DRIVER_CAP_SET", "RESOURCE_OBJ_CREATE", "RESOURCE_OBJ_MODIFY",
    "RESOURCE_OBJ_QUERY", "RESOURCE_OBJ_DESTROY", "DEV_PARTS_METADATA_GET", "DEV_PARTS_GET",
    "DEV_PARTS_SET", "DEV_MODE_SET",
  ]
}
