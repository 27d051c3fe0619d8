public import VirtioSpec

/// The life of a device from one reset to the next.
///
/// Made of transactions alone (`apply`), so that a test or a page can build any session without a
/// recording. A rule sees the session as it stood before the step that it judges.
public struct Session: Sendable {
  /// Number of the session of its device, from 0.
  public var index: Int
  /// What is known of the device; kept up to date by the machine.
  public var profile: DeviceProfile
  public var firstRecord: RecordReference = .none
  public var lastRecord: RecordReference = .none
  /// The recording shows how this life began: with a reset, or with a device seen from power-on.
  public var startKnown = false
  /// `startKnown` rests on a status read as 0 alone: the reset itself was not seen.
  public var startInferred = false
  /// Events were lost inside this session; its state is a guess from then on.
  public var gap: RecordReference = .none
  /// A step of the driver whose value was not captured; the state is a guess from then on.
  public var blind: RecordReference = .none
  /// What the life before this one left, where there was one.
  public var previous: PreviousSession? {
    get { previousBox?.value }
    set { previousBox = newValue.map(PreviousBox.init) }
  }
  /// In a box, so that a session stays small: few rules ask.
  private var previousBox: PreviousBox?
  /// PCI: what configuration space says (`layout`).
  var layoutBox: LayoutBox?
  /// PCI: MSI-X is enabled.
  public var messagesEnabled = Knowledge.unknown
  /// A field of the device configuration read otherwise than before, and the generation was not
  /// read since.
  public var generationAwaited = false
  /// PCI: the status register said that the interrupt is asserted, and the ISR was not read since.
  public var interruptAsserted = false
  /// PCI: a queue was reset by queue_reset.
  public var hasResetQueue = false
  /// The last interrupt, and whether it is known to be for queues alone.
  public var lastInterrupt: RecordReference = .none
  public var lastInterruptIsQueue = false

  /// Legacy or modern, decided by what the transport shows and never by VERSION_1.
  public var interface: Transaction.Interface = .none
  /// The records that decided: the first access through the structure that counts.
  public var interfaceEvidence: RecordReference = .none
  /// The first access through the other structure in the same session.
  public var otherInterface: RecordReference = .none

  /// CCW: the revision agreed in this enable period, -1 none, -2 one that was not captured.
  public var revision: Int32 = -1
  public var revisionSet: RecordReference = .none

  /// CCW: what became of the attempts to agree on a revision.
  public var revisions = RevisionHistory()

  /// CCW: the subchannel was enabled, which begins a period without a revision.
  public var subchannelEnabledAt: RecordReference = .none

  /// The status as it stands, as far as known (last write or read).
  public var status: DeviceStatus = []
  public var isStatusKnown = false
  /// The last status that the driver wrote, 0 after a reset.
  public var writtenStatus: DeviceStatus = []
  public var statusHistory: [StatusChange] = []
  public var marks = SessionMarks()

  /// Features as read from the device through any structure, and through the legacy one.
  public var offered = FeatureSet()
  public var offeredLegacy = FeatureSet()
  /// Features as the driver wrote them, last value of each word.
  public var accepted = FeatureSet()
  /// Features read back from the driver's own register.
  public var readBack = FeatureSet()
  /// The last write of each of the first four feature words.
  public var featureWrites = WordReferences()
  /// The last read of each of the first four words that the device offered.
  public var featureReads = WordReferences()

  /// Queues in the order in which they were met.
  public var queues: [Queue] = []
  /// Queues of a life that began before the recording, as somebody told them.
  public internal(set) var toldQueues: [ToldQueue] = []
  /// Rings of which memory showed anything, in the order in which they were met.
  public internal(set) var rings: [RingState] = []
  /// The chain that the step at hand makes available.
  public internal(set) var told = ToldChain()
  /// num_queues as last read, -1 unknown.
  public var numQueues: Int32 = -1
  /// admin_queue_index and admin_queue_num as last read, -1 unknown.
  public var adminQueueIndex: Int32 = -1
  public var adminQueueNum: Int32 = -1
  /// PCI: what the SR-IOV capability was seen to say.
  public internal(set) var sriov = SRIOVState()
  /// The sockets that the rings of a socket device told of, none or one (`sockets`).
  var socketStates: [DeviceSockets] = []
  /// What the administration queues told, none or one (`admin`).
  var adminStates: [AdminState] = []
  /// Device configuration fields by offset and width, as last seen.
  public var config: [ConfigValue] = []
  /// The configuration generation as last read, -1 while it was not.
  public var configGeneration: Int64 = -1
  public var configGenerationReads: UInt64 = 0
  /// How often it was seen to change.
  public var configGenerationChanges: UInt64 = 0
  /// MMIO: what InterruptStatus showed and the driver acknowledged.
  public var events = InterruptEvents()
  /// The generation of the device configuration as last read.
  public var generation = ConfigGeneration()
  /// How far a suspension of the device is.
  public var suspension = Suspension()
  /// Resets of single queues that the driver asked for.
  public var queueResets: UInt32 = 0
  public var kicks: UInt64 = 0
  public var interrupts: UInt64 = 0
  public var configInterrupts: UInt64 = 0
  public var unattributedInterrupts: UInt64 = 0
  /// Transactions of this session.
  public var steps: UInt64 = 0

  public init(index: Int, profile: DeviceProfile) {
    self.index = index
    self.profile = profile
  }

  /// How many queues, status changes and configuration fields a session remembers, so that a
  /// hostile recording cannot fill memory.
  static var queueLimit: Int { 1024 }
  static var historyLimit: Int { 64 }
  static var configLimit: Int { 128 }

  /// One change of the status that was seen.
  public struct StatusChange: Sendable, BitwiseCopyable {
    public var reference: RecordReference
    public var value: DeviceStatus
    /// Written by the driver; else read from the device.
    public var isWrite: Bool
  }

  /// Part of the device configuration as last read or written.
  public struct ConfigValue: Sendable, BitwiseCopyable {
    public var offset: UInt32
    public var width: UInt8
    public var isWrite: Bool
    public var value: UInt64
    public var first: RecordReference
    /// What the first access showed, and whether that was a read.
    public var initial: UInt64
    public var beganWithRead: Bool
  }
}

/// The records of a session that rules and reports point at; `none` where it did not happen.
public struct SessionMarks: Sendable, BitwiseCopyable {
  /// The reset that began the session.
  public var reset: RecordReference = .none
  /// The first status read of 0 after that reset.
  public var resetReadBack: RecordReference = .none
  public var acknowledge: RecordReference = .none
  public var driver: RecordReference = .none
  public var featuresOK: RecordReference = .none
  /// The first status read after FEATURES_OK was written, and whether it showed the bit.
  public var featuresOKRead: RecordReference = .none
  public var featuresOKConfirmed = false
  /// FEATURES_OK was seen missing in a read after its write, or the write was rejected.
  public var featuresOKRefused: RecordReference = .none
  public var driverOK: RecordReference = .none
  public var failed: RecordReference = .none
  /// The first status read that showed DEVICE_NEEDS_RESET.
  public var needsReset: RecordReference = .none
  public var lastStatusWrite: RecordReference = .none
  public var lastStatusRead: RecordReference = .none
  public var firstFeatureRead: RecordReference = .none
  public var firstFeatureWrite: RecordReference = .none
  public var lastFeatureWrite: RecordReference = .none
  public var firstQueueSetup: RecordReference = .none
  public var firstKick: RecordReference = .none
  public var firstConfigRead: RecordReference = .none
  public var firstConfigWrite: RecordReference = .none

  public init() {}
}

private final class PreviousBox: Sendable {
  let value: PreviousSession

  init(_ value: PreviousSession) { self.value = value }
}

/// What an earlier life of the same device left behind, for rules that look across a reset.
public struct PreviousSession: Sendable {
  public var interface: Transaction.Interface
  public var offered: FeatureSet
  public var accepted: FeatureSet
  /// The device confirmed FEATURES_OK, and the set that it confirmed.
  public var featuresOKConfirmed: Bool
  /// The last set that any earlier life had confirmed.
  public var lastConfirmed: FeatureSet?
  public var lastConfirmedAt: RecordReference
  /// Every bit that any earlier life had confirmed.
  public var everConfirmed: FeatureSet
  /// Every bit that was offered in any earlier life; known where any of them read it.
  public var everOffered: FeatureSet
  public var featuresOKRefused: RecordReference
  public var failed: RecordReference
  public var driverOK: RecordReference
  /// The first read of offered features in this life or an earlier one.
  public var firstFeatureRead: RecordReference
  /// Device configuration as that life saw it last.
  public var config: [Session.ConfigValue]
  /// Device configuration as the first life of the recording saw it; empty where the recording
  /// does not show how that life began.
  public var earliestConfig: [Session.ConfigValue]
  /// The first write to the device configuration, in this life or an earlier one.
  public var firstConfigWrite: RecordReference
  public var lastRecord: RecordReference
}
