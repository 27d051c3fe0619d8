/// A capability: what the device has, and what the driver is going to use.
///
/// Spec: 2.12.1.2
public struct AdminCapability: Sendable {
  public var id: UInt16
  /// What DEVICE_CAP_GET returned last; nil while it did not.
  public internal(set) var device: [UInt8]?
  public internal(set) var deviceAt = RecordReference.none
  /// What the last DRIVER_CAP_SET that succeeded set, with what padded it; nil while there is none.
  public internal(set) var driver: [UInt8]?
  public internal(set) var driverAt = RecordReference.none
  /// False after a DRIVER_CAP_SET of which the end is not known.
  public internal(set) var isDriverKnown = true

  /// Bytes of a capability that are kept.
  static var limit: Int { 1024 }

  init(_ id: UInt16) { self.id = id }
}
