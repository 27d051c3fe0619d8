public import Model
public import Reports
public import VirtioSpec

/// A device as it stands, as plain values: what the screens show of it.
public struct DeviceState: Sendable {
  public var id: String
  /// Nil where nobody tells.
  public var transport: TransportKind?
  public var type: DeviceType?
  public var pciDeviceID: UInt16
  public var remarks: [String]
  /// Number of the session that goes on.
  public var session: Int
  public var startKnown: Bool
  public var interface: Transaction.Interface
  public var status: DeviceStatus
  public var isStatusKnown: Bool
  public var offered: FeatureSet
  public var accepted: FeatureSet
  /// Fields of the device configuration, `name=value`.
  public var config: [String]
  public var queues: [QueueState] = []
  public var lastRecord: RecordReference
  /// Over all sessions.
  public var rates = DeviceRates()
  /// As the device's own system shows it, without anything that passed and without sessions.
  public var isOfSystem = false

  /// Buffers that the device holds, over all queues; nil where nothing tells.
  public var inFlight: UInt64? {
    let known = queues.compactMap(\.inFlight)
    return known.isEmpty ? nil : known.reduce(0) { $0 &+ $1 }
  }

  /// Whether the system shows the same of both.
  func isAs(_ other: DeviceState) -> Bool {
    id == other.id && type == other.type && transport == other.transport
      && status == other.status && accepted == other.accepted && remarks == other.remarks
  }

  /// `pci`, `mmio`, `ccw`, or `?`.
  var transportName: String { transport?.name ?? "?" }

  /// Name of the device type (`blk`), or `unknown`.
  public var typeName: String { type?.name ?? "unknown" }
}

/// One queue of a device as it stands.
public struct QueueState: Sendable {
  public var queue: Queue
  public var isPacked: Bool
  public var inFlight: UInt64?
  /// What went through its rings, where memory was recorded.
  public var totals: [String] = []
  /// What does not move on.
  public var hints: [RingHint] = []
  /// The rings as they lie in memory, where that was recorded.
  public var rings: RingsReport.Queue?
}
