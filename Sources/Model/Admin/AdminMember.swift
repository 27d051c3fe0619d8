/// What the owner's driver did to one member of a group.
///
/// Spec: 2.12.1.1 and 2.12.1.4
public struct AdminMember: Sendable {
  public var groupType: UInt16
  public var id: UInt64
  /// By the last DEV_MODE_SET that succeeded; a member that was never stopped runs.
  public internal(set) var isStopped = Knowledge.no
  public internal(set) var modeAt = RecordReference.none
  /// What LEGACY_NOTIFY_INFO told; nil while it did not.
  public internal(set) var notifyEntries: [AdminNotifyEntry]?
  public internal(set) var notifyAt = RecordReference.none

  init(_ groupType: UInt16, _ id: UInt64) {
    self.groupType = groupType
    self.id = id
  }
}
