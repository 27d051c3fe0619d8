import VirtioSpec

/// One PCI function, as its configuration space shows it.
struct PCIFunction: Sendable {
  /// Segment, bus, device and function, as in an ECAM offset without the register.
  var address: UInt32
  /// Number in the device table, -1 while it is no virtio device.
  var device: Int32 = -1
  var image = ConfigurationImage()
  var bars = [BaseAddress](repeating: BaseAddress(), count: 6)
  /// Placements that the device's own side or a hint told; they outweigh the registers.
  var told = [ToldPlacement](repeating: ToldPlacement(), count: 6)
  /// The command register, nil while not known.
  var command: UInt16?
  var capabilities: PCICapabilities
  /// What the session was told of configuration space, and whether there is more to tell.
  var layoutTold: [Transaction] = []
  var layoutIsOld = true
  /// Registers of the capabilities whose facts were told.
  var factsTold: Set<Int> = []
  var window = AccessWindow()
  var registers = PCIRegisters()
  var messages = MessageTable()
  /// When its structures last moved: the later one wins where two functions overlap.
  var movedAt: UInt64 = 0
  /// Where its structures lie: those in memory, then the last `portCount` at ports.
  var placed: [PCIRegion] = []
  var portCount = 0
  /// Structures of kinds that the list has several of, and the life in which the use of each was told.
  var several: [SeveralStructure] = []
  /// The parts of its registers that nothing names, and whether they must be looked for anew.
  var gaps: [PCIRegion] = []
  var gapsAreOld = true
  /// Structures that a hint or a region's name gave.
  var hinted: [PCIStructure] = []
  /// Number of the region by whose name alone the legacy header was found, 0 for none.
  var namedRegion: UInt32 = 0
  /// A bridge's secondary bus, and the last that was not 0.
  var secondaryBus: UInt8 = 0
  var lastSecondaryBus: UInt8 = 0
  var extended = ExtendedCapabilities()

  /// What someone other than the configuration accesses said of a base address register.
  struct ToldPlacement: Sendable, BitwiseCopyable {
    var isTold = false
    /// Mapped; else known not to be.
    var isMapped = false
    var placement = Placement(base: 0, size: 0, isIO: false)
  }

  init(address: UInt32) {
    self.address = address
    capabilities = PCICapabilities(image)
  }

  var vendorID: UInt16? { image.number(0, 2).map { UInt16(truncatingIfNeeded: $0) } }
  var deviceID: UInt16? { image.number(2, 2).map { UInt16(truncatingIfNeeded: $0) } }

  /// The device id when this is a virtio function.
  var virtioID: UInt16? {
    guard vendorID == PCIConstants.vendorID, let id = deviceID, (0x1000...0x107f).contains(id)
    else { return nil }
    return id
  }

  /// Whether the header is that of a bridge (type 1).
  var isBridge: Bool { image.likelyByte(0x0e).map { $0 & 0x7f == 1 } ?? false }

  /// Whether BAR 0 holds a legacy header: an I/O BAR of a transitional device.
  var hasLegacyHeader: Bool {
    guard let id = virtioID else { return false }
    return PCIConstants.transitionalDeviceIDs.contains(id)
  }

  /// The virtio device type that the ids stand for.
  var type: DeviceType? {
    guard let id = virtioID else { return nil }
    if let type = DeviceType.modern(pciDeviceID: id) { return type }
    // The subsystem id is the type; the table knows the few ids that were ever given out.
    if let type = DeviceType.transitional(pciDeviceID: id) { return type }
    return image.number(0x2e, 2).flatMap { $0 < 0x40 ? DeviceType(rawValue: UInt32($0)) : nil }
  }

  /// `0000:00:03.0`.
  var name: String { Self.name(of: address) }

  static func name(of address: UInt32) -> String {
    hex(address >> 16, 4) + ":" + hex(address >> 8 & 0xff, 2) + ":" + hex(address >> 3 & 0x1f, 2)
      + "." + hex(address & 7, 1)
  }

  private static func hex(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
