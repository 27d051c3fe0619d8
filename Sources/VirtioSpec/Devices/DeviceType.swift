/// The kind of a virtio device, by its number in the specification's table.
///
/// Any number can be represented, for a recording may hold one that nobody assigned.
///
/// Spec: chapter 5, Device Types.
public struct DeviceType: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  /// The device id: what MMIO's DeviceID, CCW's control unit model and PCI's device id minus 0x1040
  /// hold.
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Short name such as `blk`; `device-N` for a number that the table does not list.
  public var name: String { facts?.name ?? "device-\(rawValue)" }

  /// The name in the specification's table, such as `block device`.
  public var title: String { facts?.title ?? "device type \(rawValue)" }

  /// Whether the table lists the number.
  public var isKnown: Bool { facts != nil }

  /// Whether the table of `version` lists the number.
  public func isKnown(in version: SpecVersion) -> Bool {
    facts.map { $0.listedIn <= version } ?? false
  }

  /// Whether the specification describes the device, not just reserves its number.
  public var isSpecified: Bool { facts?.section != nil }

  /// Whether `version` describes the device.
  public func isSpecified(in version: SpecVersion) -> Bool {
    facts?.introducedIn.map { $0 <= version } ?? false
  }

  /// The section that describes the device, such as `5.2`.
  public var section: String? { facts?.section }

  /// The PCI device id of the transitional device, for the few types that have one.
  public var transitionalPCIID: UInt16? { facts?.transitionalPCIID }

  /// The PCI device id of the modern device, when the number fits into the range.
  public var modernPCIID: UInt16? {
    guard rawValue <= 0x3f else { return nil }
    return PCIConstants.modernDeviceIDs.lowerBound + UInt16(rawValue)
  }

  /// The type whose short name is `name`.
  public static func named(_ name: String) -> DeviceType? {
    all.first { $0.name == name }
  }

  /// The type that a transitional PCI device id stands for.
  ///
  /// A transitional device tells its type by the subsystem device id as well; this is the table's
  /// answer.
  public static func transitional(pciDeviceID: UInt16) -> DeviceType? {
    all.first { $0.transitionalPCIID == pciDeviceID }
  }

  /// The type that a PCI device id from 0x1040 to 0x107f stands for.
  public static func modern(pciDeviceID: UInt16) -> DeviceType? {
    let range = PCIConstants.modernDeviceIDs
    guard range.contains(pciDeviceID) else { return nil }
    return DeviceType(rawValue: UInt32(pciDeviceID - range.lowerBound))
  }

  /// Whether the configuration space is little-endian even through the legacy interface, where
  /// every other device uses the byte order of the guest.
  ///
  /// Spec: 5.5.4, Traditional Memory Balloon Device configuration layout.
  public var legacyConfigIsLittleEndian: Bool { self == .balloon }
}

extension DeviceType: CustomStringConvertible {
  public var description: String { name }
}
