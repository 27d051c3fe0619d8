public import VirtioSpec

/// What a recorder or a person knew of a device that the recording itself cannot show.
///
/// Source: the device hint of the vtrace encapsulation (kind 8).
public struct DeviceHint: Sendable {
  public var transport: TransportKind
  public var id: String?
  public var deviceID: UInt32?
  public var bars: [BAR] = []
  public var base: UInt64?
  public var size: UInt64?
  public var capabilities: [Capability] = []
  /// What the MMIO Version register holds, which a recording that starts late does not show.
  public var version: UInt32?
  /// The function sits on an add-in card.
  public var isAddInCard: Bool?
  /// The platform translates or restricts the device's access to memory.
  public var isTranslated: Bool?
  public var subchannel: UInt64?
  public var devno: UInt32?
  /// The queues of a device that was set up before the recording.
  public var queues: [ToldQueue] = []

  /// Queues that a hint tells of: more would make it longer than one that is read.
  public static var queueLimit: Int { 256 }
  /// The record that carried the hint, none for a hint given by a person.
  public var reference: RecordReference = .none

  public init(transport: TransportKind) { self.transport = transport }

  /// A hint of a PCI function, by its address.
  public init(function id: String) {
    transport = .pci
    self.id = id
  }

  public struct BAR: Sendable {
    public var index: Int
    public var address: UInt64
    public var size: UInt64
    public var isIO: Bool

    public init(index: Int, address: UInt64, size: UInt64, isIO: Bool) {
      (self.index, self.address, self.size, self.isIO) = (index, address, size, isIO)
    }
  }

  public struct Capability: Sendable {
    /// `common`, `notify`, `isr`, `device`, `pci-cfg`, `shm`, `vendor`, as the hint says.
    public var type: String
    public var bar: Int
    public var offset: UInt64
    public var length: UInt64
    public var multiplier: UInt32?

    public init(
      type: String, bar: Int, offset: UInt64, length: UInt64, multiplier: UInt32? = nil
    ) {
      (self.type, self.bar, self.offset) = (type, bar, offset)
      (self.length, self.multiplier) = (length, multiplier)
    }
  }
}
