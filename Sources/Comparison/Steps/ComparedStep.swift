public import Model
public import Rules
public import VirtioSpec

/// One step of a life as it is compared, with the records that it stands for.
public struct ComparedStep: Sendable, BitwiseCopyable {
  public var key: StepKey
  /// The first and the last access that it was made of.
  public var first: RecordReference
  public var last: RecordReference
  /// How many accesses it stands for.
  public var count: UInt64 = 1
  /// The device status as the driver had written it before.
  public var status = DeviceStatus()
  /// Known from the device's own log alone.
  public var isFromHost = false
  /// How many steps of the life came before; of occasions, the place where they came first.
  public var position = 0

  init(_ key: StepKey, at reference: RecordReference) {
    self.key = key
    first = reference
    last = reference
  }
}

/// The life of a device from one reset to the next, as it is compared.
public struct ComparedLife: Sendable {
  /// Number of the session.
  public var session: Int
  public internal(set) var steps: [ComparedStep] = []
  /// What is compared by whether it comes.
  public internal(set) var occasions: [ComparedStep] = []
  public internal(set) var first = RecordReference.none
  public internal(set) var last = RecordReference.none
  /// The recording shows how the life began.
  public internal(set) var startKnown = false
  /// The driver took the device in hand: more than a reset and a look.
  public internal(set) var hasDeeds = false
  /// More steps came than are kept.
  public internal(set) var isCut = false
  /// The first step whose value was not captured.
  public internal(set) var blind = RecordReference.none
  /// Events were lost.
  public internal(set) var gap = RecordReference.none
  /// A reset of the device or of the machine ended it, not the recording.
  public internal(set) var isReset = false
  /// Driven through the legacy interface.
  public internal(set) var isLegacy = false
  /// MSI-X was enabled.
  var hasMessages = false
  /// An interrupt of queues came of which the recording does not tell the queue.
  var hasVagueInterrupts = false

  init(session: Int) { self.session = session }
}

/// One device of a recording, as it is compared.
public struct ComparedDevice: Sendable {
  public var id: String
  public var type: DeviceType?
  public var transport: TransportKind
  public var lives: [ComparedLife]
  /// What configuration space says, PCI only.
  public var facts: [ComparedStep]
  /// A hint told of it, so that the recording may not show it at all.
  public var isFromHint = false
  /// Findings of the device, and the rules that could not be decided for it, with the reason.
  public var findings: [Finding] = []
  public var undecidable: [String: String] = [:]

  /// Its name in reports, `blk` or `unknown`.
  public var typeName: String { type?.name ?? "unknown" }

  /// An interrupt of it was recorded.
  var hasInterrupts: Bool {
    lives.contains { life in
      life.occasions.contains {
        $0.key.topic == .queueInterrupt || $0.key.topic == .configInterrupt
      }
    }
  }
}
