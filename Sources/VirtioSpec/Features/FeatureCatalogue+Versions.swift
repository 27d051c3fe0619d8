/// What a feature bit means by the text of one version.
extension FeatureCatalogue {
  /// The feature of number `bit` on a device of `type`, where `version` knows it.
  public static func feature(
    _ bit: Int, of type: DeviceType, legacy: Bool, in version: SpecVersion
  ) -> FeatureBit? {
    guard let found = feature(bit, of: type, legacy: legacy),
      found.introducedIn.map({ $0 <= version }) ?? true
    else { return nil }
    return found
  }

  /// Whether no driver may accept the bit because `version` keeps it to itself; see
  /// `isReserved(_:legacy:)`.
  public static func isReserved(_ bit: Int, legacy: Bool, in version: SpecVersion) -> Bool {
    guard !isDeviceSpecific(bit, in: version) else { return false }
    guard let known = common.first(where: { $0.bit == bit }),
      known.introducedIn.map({ $0 <= version }) ?? true
    else { return true }
    return known.legacyOnly && !legacy
  }

  /// Whether the bit lies in the ranges that `version` leaves to the device types: from 50 on since
  /// 1.2; 41 and 42 since 1.4 alone.
  public static func isDeviceSpecific(_ bit: Int, in version: SpecVersion) -> Bool {
    switch version {
    case .v1_0, .v1_1: (0...23).contains(bit)
    case .v1_2, .v1_3: (0...23).contains(bit) || (50...127).contains(bit)
    case .v1_4: isDeviceSpecific(bit)
    }
  }
}
