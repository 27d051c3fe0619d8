/// A feature bit with a name.
public struct FeatureBit: Sendable, Hashable {
  /// Its number.
  public let bit: Int
  /// Its name in the specification, such as `VIRTIO_NET_F_MAC`.
  public let name: String
  /// The bits that it requires: of each inner list, at least one.
  ///
  /// Spec: 2.2, and the section "Feature bit requirements" of each device.
  public let requires: [[Int]]
  /// Whether it has a meaning through the legacy interface only.
  public let legacyOnly: Bool
  /// The version that first had it, where that is known.
  public let introducedIn: SpecVersion?

  init(
    _ bit: Int, _ name: String, requires: [[Int]] = [], legacyOnly: Bool = false,
    since introducedIn: SpecVersion? = nil
  ) {
    self.bit = bit
    self.name = name
    self.requires = requires
    self.legacyOnly = legacyOnly
    self.introducedIn = introducedIn
  }

  /// The name without its prefix, such as `MAC`.
  public var shortName: String {
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    guard let marker = parts.firstIndex(of: "F"), marker + 1 < parts.count else { return name }
    return parts[(marker + 1)...].joined(separator: "_")
  }
}
