/// Why a group administration command failed, at the level of virtio.
///
/// Spec: 2.12.1
public struct AdminQualifier: RawRepresentable, Sendable, Hashable, BitwiseCopyable {
  public var rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static var ok: AdminQualifier { AdminQualifier(rawValue: 0) }
  public static var invalidCommand: AdminQualifier { AdminQualifier(rawValue: 1) }
  public static var invalidOpcode: AdminQualifier { AdminQualifier(rawValue: 2) }
  public static var invalidField: AdminQualifier { AdminQualifier(rawValue: 3) }
  public static var invalidGroup: AdminQualifier { AdminQualifier(rawValue: 4) }
  public static var invalidMember: AdminQualifier { AdminQualifier(rawValue: 5) }
  public static var noResource: AdminQualifier { AdminQualifier(rawValue: 6) }
  public static var tryAgain: AdminQualifier { AdminQualifier(rawValue: 7) }

  /// `INVALID_OPCODE`; a number where the specification has no name.
  public var name: String {
    Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : String(rawValue)
  }

  /// The qualifier with a name of the specification, without `VIRTIO_ADMIN_STATUS_Q_`.
  public init?(named name: String) {
    guard let place = Self.names.firstIndex(of: name) else { return nil }
    rawValue = UInt16(place)
  }

  /// The names of the values from 0 on, without `VIRTIO_ADMIN_STATUS_Q_`.
  public static let names = [
    "OK", "INVALID_COMMAND", "INVALID_OPCODE", "INVALID_FIELD", "INVALID_GROUP", "INVALID_MEMBER",
    "NORESOURCE", "TRYAGAIN",
  ]
}
