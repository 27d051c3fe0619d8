/// What tells one resource object from all others of a device.
///
/// Spec: 2.12.1.3
public struct AdminObjectName: Sendable, Hashable {
  public var groupType: UInt16
  public var member: UInt64
  public var type: UInt16
  public var id: UInt32

  /// The type of an object through which parts of a device's state are taken and set.
  public static var deviceParts: UInt16 { 0 }
}
