/// What kind of members a device group has.
///
/// Spec: 2.12
public enum AdminGroupType {
  /// The device itself, member 0.
  public static let own: UInt16 = 0
  /// The virtual functions of a physical function, members 1 to NumVFs.
  public static let sriov: UInt16 = 1
}
