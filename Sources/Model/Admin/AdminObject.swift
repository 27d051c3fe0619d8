/// A resource object that a driver created.
///
/// Spec: 2.12.1.3
public struct AdminObject: Sendable {
  public var name: AdminObjectName
  /// What the last CREATE or MODIFY made it of, with what padded that; nil where that is not known.
  public internal(set) var data: [UInt8]?
  public internal(set) var createdAt: RecordReference
  /// When its creation was sent, and on which queue.
  public internal(set) var sentAt: RecordReference
  public internal(set) var queue: Int32
  /// The last command that may have changed it.
  public internal(set) var changedAt: RecordReference
  /// `none` while it is alive.
  public internal(set) var destroyedAt = RecordReference.none

  public var isAlive: Bool { !destroyedAt.isSet }

  /// Bytes of an object that are kept.
  static var limit: Int { 1024 }
}
