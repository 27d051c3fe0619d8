public import Model
public import VirtioSpec

extension FeatureSet {
  /// The set as one number: 16 digits, 32 when bits above 63 are set.
  public var hexadecimalText: String {
    high == 0
      ? hexadecimal(low, digits: 16)
      : hexadecimal(high) + String(hexadecimal(low, digits: 16).dropFirst(2))
  }

  /// The names of the bits that are set, as `session` has them.
  func names(in session: Session) -> [String] {
    let type = session.profile.type ?? DeviceType(rawValue: .max)
    return bits.map { FeatureCatalogue.name($0, of: type, legacy: session.isLegacy) }
  }

  /// The names without their prefix, for people.
  func shortNames(in session: Session) -> [String] {
    shortNames(of: session.profile.type, isLegacy: session.isLegacy)
  }

  /// The names without their prefix, as a device type and its interface have them.
  public func shortNames(of type: DeviceType?, isLegacy: Bool) -> [String] {
    let type = type ?? DeviceType(rawValue: .max)
    return bits.map { bit in
      FeatureCatalogue.feature(bit, of: type, legacy: isLegacy)?.shortName ?? "bit \(bit)"
    }
  }
}
