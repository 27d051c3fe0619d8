public import Model

/// What `vtrace rings` tells.
public struct RingsReport: Sendable {
  /// Record and nanoseconds up to which the recording was read; nil without a recording.
  public var record: UInt64?
  public var time: Int64?
  /// The memory sources as given.
  public var memory: [String]
  public var devices: [Device] = []

  public init(memory: [String]) { self.memory = memory }

  /// A device with its queues.
  public struct Device: Sendable {
    public var id: String
    public var type: UInt32?
    public var name: String
    public var session: Int
    public var queues: [Queue] = []

    public init(id: String, type: UInt32?, name: String, session: Int) {
      self.id = id
      self.type = type
      self.name = name
      self.session = session
    }
  }

  /// A queue by its number, with its buffers' bytes where asked for.
  public struct Queue: Sendable {
    public var index: Int32
    public var snapshot: QueueSnapshot
    public var dumps: [Dump] = []
    /// For how many nanoseconds each pending chain has been available, in the order of
    /// `snapshot.pending`; nil where no record shows when it was made available.
    public private(set) var ages: [Int64?] = []

    /// The age of the oldest pending chain, where any is known.
    public var oldestAge: Int64? { ages.compactMap { $0 }.max() }

    /// Takes the ages from the history of the rings.
    public mutating func setAges(_ ring: RingState?, now: Int64) {
      ages = snapshot.pending.map { chain in
        ring?.outstanding(chain.id).map { max(now &- $0.exposedAt.time, 0) }
      }
    }

    public init(index: Int32, snapshot: QueueSnapshot) {
      self.index = index
      self.snapshot = snapshot
    }
  }

  /// The bytes at the beginning of a pending buffer.
  public struct Dump: Sendable {
    public var address: UInt64
    public var bytes: [UInt8]

    public init(address: UInt64, bytes: [UInt8]) {
      self.address = address
      self.bytes = bytes
    }
  }
}
