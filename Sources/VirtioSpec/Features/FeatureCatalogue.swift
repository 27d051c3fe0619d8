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

  /// Whether no driver may accept the bit because the specification keeps it to itself.
  ///
  /// - Parameter legacy: whether the legacy interface is spoken. Bits 24, 27 and 30 have a meaning
  ///   there only, so that without it they are reserved as well. A transitional device offers them
  ///   through both interfaces: judge an offer with `legacy` true.
  ///
  /// Spec: 2.2, Feature Bits; 6.3, Legacy Interface: Reserved Feature Bits.
  public static func isReserved(_ bit: Int, legacy: Bool) -> Bool {
    guard !isDeviceSpecific(bit) else { return false }
    guard let known = common.first(where: { $0.bit == bit }) else { return true }
    return known.legacyOnly && !legacy
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
  /// Spec: 4.2.5 and 4.3.4, Features reserved for future use; chapter 6 for `VIRTIO_F_SR_IOV`.
  public static func supported(_ bit: Int, on transport: TransportKind) -> Bool {
    !unsupportedBits(on: transport).contains(bit)
  }

  /// Whether `transport` can carry the feature of number `bit` on a device of `type`, where the
  /// network device means something else by bit 41 and channel I/O has no shared memory.
  public static func supported(
    _ bit: Int, on transport: TransportKind, of type: DeviceType
  ) -> Bool {
    if isDeviceSpecific(bit, of: type) {
      return !(transport == .ccw && type == .pmem && bit == pmemSharedMemory)
    }
    return supported(bit, on: transport)
  }

  /// `VIRTIO_PMEM_F_SHMEM_REGION`.
  private static let pmemSharedMemory = 0

  /// Bit 9 of the block device as the legacy interface calls it.
  private static let legacyFlush = FeatureBit(9, "VIRTIO_BLK_F_WCE")
}
