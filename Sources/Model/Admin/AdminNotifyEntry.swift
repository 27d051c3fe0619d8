internal import Wire

/// Where the notifications of a member's legacy driver may be sent, as LEGACY_NOTIFY_INFO tells it.
///
/// Spec: 2.12.1.1.5
public struct AdminNotifyEntry: Sendable, Equatable {
  /// 0 end of the list, 1 a BAR of the owner, 2 a BAR of the member.
  public var flags: UInt8
  public var bar: UInt8
  public var isPaddingZero: Bool
  public var offset: UInt64

  /// Entries of a result.
  public static var count: Int { 4 }

  init(_ header: AdminNotifyHeader) {
    flags = header.flags
    bar = header.bar
    isPaddingZero = header.isPaddingZero
    offset = header.offset
  }
}
