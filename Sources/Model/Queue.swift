/// One virtqueue of a session, as the driver configured it.
public struct Queue: Sendable, BitwiseCopyable {
  /// The virtqueue number.
  public var index: Int32
  /// Entries: what the driver set, else what the device offered; 0 unknown.
  public var size: UInt32 = 0
  /// The largest size that the device offered; 0 unknown.
  public var maxSize: UInt32 = 0
  /// The device said size 0: the queue is not there.
  public var isAbsent = false
  /// Enabled (QueueReady, queue_enable, a PFN or a SET_VQ).
  public var isEnabled = false
  /// Guest-physical addresses of descriptor, driver (avail) and device (used) area.
  public var descriptors: UInt64 = 0
  public var driverArea: UInt64 = 0
  public var deviceArea: UInt64 = 0
  /// Which bits of the three addresses were written.
  public var descriptorsMask: UInt64 = 0
  public var driverAreaMask: UInt64 = 0
  public var deviceAreaMask: UInt64 = 0
  /// Alignment of the used ring in a legacy layout; 0 unknown.
  public var alignment: UInt32 = 0
  /// MSI-X vector as last read back or written; 0xffff none; -1 never mapped.
  public var vector: Int32 = -1
  /// PCI: queue_notify_off and queue_notif_config_data as last read, -1 unknown.
  public var notifyOffset: Int32 = -1
  public var notifyData: Int32 = -1
  /// Notifications by the driver and interrupts by the device that name this queue.
  public var kicks: UInt64 = 0
  public var interrupts: UInt64 = 0
  public var sizeWrite: RecordReference = .none
  public var enabledAt: RecordReference = .none
  public var disabledAt: RecordReference = .none
  /// The driver asked for a reset of this queue that no enabling followed, and the first read that
  /// told that it is done.
  public var resetWrite: RecordReference = .none
  public var resetDone: RecordReference = .none
  public var firstKick: RecordReference = .none
  public var lastKick: RecordReference = .none

  public init(index: Int32) { self.index = index }

  /// Whether the driver set or could see anything of this queue beyond asking for its size.
  public var isUsed: Bool { isEnabled || enabledAt.isSet || kicks > 0 }

  /// Takes one access to an area's address.
  mutating func setAddress(area: UInt32, value: UInt64, mask: UInt64) {
    switch area {
    case 0:
      descriptors = descriptors & ~mask | value & mask
      descriptorsMask |= mask
    case 1:
      driverArea = driverArea & ~mask | value & mask
      driverAreaMask |= mask
    default:
      deviceArea = deviceArea & ~mask | value & mask
      deviceAreaMask |= mask
    }
  }
}
