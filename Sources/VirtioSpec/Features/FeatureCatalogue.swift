/// What each feature bit means.
///
/// Bits 0 to 23, 41, 42 and 50 to 127 belong to the device types, the others to the rings and the
/// negotiation itself. Bit 41 is both: the network device uses it, every other type means
/// `VIRTIO_F_ADMIN_VQ` by it.
///
/// Spec: 2.2, Feature Bits; chapter 6, Reserved Feature Bits.
public enum FeatureCatalogue {
  /// The feature of number `bit` on a device of `type`.
  ///
  /// - Parameter legacy: whether the legacy interface is spoken, where bit 9 of the block device
  ///   goes by its old name. Bits that only have a meaning there are found either way, for a
  ///   transitional device offers them through both interfaces.
  public static func feature(_ bit: Int, of type: DeviceType, legacy: Bool) -> FeatureBit? {
    if let own = deviceBits(of: type).first(where: { $0.bit == bit }) {
      return legacy && type == .blk && bit == 9 ? legacyFlush : own
    }
    return common.first { $0.bit == bit }
  }

  /// The name of that feature, or `bit 47` when it has none.
  public static func name(_ bit: Int, of type: DeviceType, legacy: Bool) -> String {
    feature(bit, of: type, legacy: legacy)?.name ?? "bit \(bit)"
  }

  /// All features of a device type by number, with those that every type has.
  public static func features(of type: DeviceType) -> [FeatureBit] {
    let own = deviceBits(of: type)
    let taken = Set(own.map(\.bit))
    return (own + common.filter { !taken.contains($0.bit) }).sorted { $0.bit < $1.bit }
  }

  /// Whether the specification keeps the bit for its own future, so that nobody may offer or accept
  /// it.
  ///
  /// - Parameter legacy: through the legacy interface every bit above 32 counts as reserved, for
  ///   the text that it follows knew of none.
  public static func isReserved(_ bit: Int, legacy: Bool) -> Bool {
    if legacy && bit > 32 { return true }
    guard !isDeviceSpecific(bit) else { return false }
    return !common.contains { $0.bit == bit }
  }

  /// Whether the bit lies in the ranges that belong to the device types.
  public static func isDeviceSpecific(_ bit: Int) -> Bool {
    (0...23).contains(bit) || (41...42).contains(bit) || (50...127).contains(bit)
  }

  /// Whether `bit` means something about the device type on a device of `type`: bit 41 does on a
  /// network device only.
  public static func isDeviceSpecific(_ bit: Int, of type: DeviceType) -> Bool {
    bit == 41 ? type == .net : isDeviceSpecific(bit)
  }

  /// Whether `transport` can carry the device-independent feature of number `bit`.
  ///
  /// Spec: 4.2.5 and 4.3.4, Features reserved for future use.
  public static func supported(_ bit: Int, on transport: TransportKind) -> Bool {
    !unsupportedBits(on: transport).contains(bit)
  }

  /// Bit 9 of the block device as the legacy interface calls it.
  private static let legacyFlush = FeatureBit(9, "VIRTIO_BLK_F_WCE")
}
