public import VirtioSpec

/// What is known of a device beside what its driver did with it.
///
/// Small and flat: every session carries a copy, so that a rule needs nothing but its session.
public struct DeviceProfile: Sendable {
  public var transport: TransportKind
  /// The virtio device type, nil while the recording has not told.
  public var type: DeviceType?
  /// PCI device id (0x1000 to 0x107f), 0 where unknown or not PCI.
  public var pciDeviceID: UInt16 = 0
  /// A capability of type VIRTIO_PCI_CAP_COMMON_CFG was seen, or the whole list without one.
  public var hasCommonConfiguration: Knowledge = .unknown
  /// The SR-IOV extended capability was seen, or the whole extended list without it.
  public var hasSRIOV: Knowledge = .unknown
  /// The capability list was read to its end.
  public var capabilityListComplete = false
  /// Shared memory regions that the capability list names.
  public var sharedMemory = SharedMemoryIDs()
  /// Value of the MMIO Version register, 0 where not read.
  public var mmioVersion: UInt32 = 0
  /// The guest's byte order is big-endian.
  public var guestIsBigEndian: Knowledge = .unknown
  /// The function sits on an add-in card; only a hint can tell.
  public var isAddInCard: Knowledge = .unknown
  /// The platform translates or restricts the device's access to memory; only a hint can tell.
  public var isTranslated: Knowledge = .unknown
  /// The version of the specification that the device and its driver are judged by.
  public var spec = SpecVersion.latest
  /// The first word of what follows came from a device hint.
  public var fromHint = false

  public init(transport: TransportKind) { self.transport = transport }

  /// Takes what a hint says of the platform.
  mutating func takePlatform(_ hint: DeviceHint) {
    fromHint = true
    if let flag = hint.isAddInCard { isAddInCard = flag ? .yes : .no }
    if let flag = hint.isTranslated { isTranslated = flag ? .yes : .no }
  }

  /// Whether the PCI device id is one of a transitional device (0x1000 to 0x103f).
  public var hasTransitionalPCIID: Bool { (0x1000...0x103f).contains(pciDeviceID) }
}

/// Whether something is so, as far as the recording shows.
public enum Knowledge: UInt8, Sendable, BitwiseCopyable {
  case unknown
  case no
  case yes
}
