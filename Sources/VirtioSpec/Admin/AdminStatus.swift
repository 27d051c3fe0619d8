/// How a group administration command ended, at an abstract level.
///
/// Spec: 2.12.1
public struct AdminStatus: RawRepresentable, Sendable, Hashable, BitwiseCopyable {
  public var rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static var ok: AdminStatus { AdminStatus(rawValue: 0) }
  /// No such capability or resource.
  public static var enxio: AdminStatus { AdminStatus(rawValue: 6) }
  public static var eagain: AdminStatus { AdminStatus(rawValue: 11) }
  public static var enomem: AdminStatus { AdminStatus(rawValue: 12) }
  public static var ebusy: AdminStatus { AdminStatus(rawValue: 16) }
  /// The text of resource objects names it; the table of values does not, so that the number is
  /// Linux's.
  public static var eexist: AdminStatus { AdminStatus(rawValue: 17) }
  public static var einval: AdminStatus { AdminStatus(rawValue: 22) }
  public static var enospc: AdminStatus { AdminStatus(rawValue: 28) }

  /// `EINVAL`; a number where there is no name.
  public var name: String { Self.names[rawValue] ?? String(rawValue) }

  /// The status with a name, without `VIRTIO_ADMIN_STATUS_`.
  public init?(named name: String) {
    guard let value = Self.names.first(where: { $0.value == name })?.key else { return nil }
    rawValue = value
  }

  /// The names by value, without `VIRTIO_ADMIN_STATUS_`.
  public static let names: [UInt16: String] = [
    0: "OK", 6: "ENXIO", 11: "EAGAIN", 12: "ENOMEM", 16: "EBUSY", 17: "EEXIST", 22: "EINVAL",
    28: "ENOSPC",
  ]
}
