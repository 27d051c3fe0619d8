/// Fixed numbers of the channel I/O transport.
///
/// Spec: 4.3.1, Basic Concepts; 4.3.3.2.1, Driver Notifications.
public enum CCWConstants {
  /// Control unit type that SENSE ID answers for a virtio device.
  public static let controlUnitType: UInt16 = 0x3832
  /// Highest transport revision that has a meaning.
  public static let highestRevision: UInt16 = 2

  /// Highest transport revision that has a meaning in `version`.
  public static func highestRevision(in version: SpecVersion) -> UInt16 {
    version >= .v1_1 ? highestRevision : 1
  }

  /// Function code of DIAGNOSE with which a driver notifies.
  public static let notifyDiagnose: UInt16 = 0x500
  /// Subcode of that DIAGNOSE for virtio.
  public static let notifySubcode: UInt32 = 3
}
