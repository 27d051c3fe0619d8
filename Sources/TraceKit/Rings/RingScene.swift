public import Model
import Wire

/// A recording made by hand: a device on channel I/O or virtio-mmio that is initialized, and the memory
/// of its rings as driver and device write it.
///
/// Every write is a look of its own, a microsecond after the one before, unless `at` joins several.
/// What a method does not keep in order, no method forbids: a scene may break any rule.
public struct RingScene: Sendable {
  /// What the device is and what was negotiated.
  public struct Plan: Sendable {
    /// Virtio device type.
    public var type: UInt8 = 2
    /// Entries of each queue.
    public var size: UInt16 = 8
    public var queues: UInt16 = 1
    /// The device is on virtio-mmio; else on channel I/O.
    public var isMMIO = false
    /// Feature bits beside VERSION_1, and VIRTIO_BLK_F_FLUSH, which a block device should offer.
    public var features: [UInt64] = []
    /// Stop before DRIVER_OK.
    public var isRunning = true

    public init() {}
    var isPacked: Bool { features.contains(34) }
    /// All feature bits.
    var allFeatures: [UInt64] { features + (type == 2 ? [9, 32] : [32]) }
  }

  public let plan: Plan
  public private(set) var accesses: [Access] = []
  public private(set) var payload: [UInt8] = []
  private var time: Int64 = 1_000_000
  private var joins = false
  /// Indexes as `offer` and `use` published them last.
  public var availableIndex: [UInt16]
  public var usedIndex: [UInt16]

  private static var subchannel: UInt64 { 0xfe00_0001 }

  public init(_ plan: Plan = Plan()) {
    self.plan = plan
    availableIndex = Array(repeating: 0, count: Int(plan.queues))
    usedIndex = availableIndex
    begin()
  }

  /// Gives the whole recording to `sink` as one batch.
  public func feed(_ sink: inout some (AccessSink & ~Copyable)) {
    sink.receive(accesses.span, payload: payload.rawBytes)
  }

  /// Forgets the records, and goes on where they ended; their numbers begin anew.
  public mutating func drain() {
    accesses.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
  }

  // MARK: Where things lie

  public func descriptors(_ queue: Int = 0) -> UInt64 { 0x10_0000 &+ UInt64(queue) &* 0x1_0000 }
  public func driverArea(_ queue: Int = 0) -> UInt64 { descriptors(queue) &+ 0x8000 }
  public func deviceArea(_ queue: Int = 0) -> UInt64 { descriptors(queue) &+ 0xa000 }

  // MARK: Records

  /// Puts what `body` does into one moment.
  public mutating func at(_ body: (inout RingScene) -> Void) {
    time &+= 1000
    joins = true
    body(&self)
    joins = false
  }

  /// Lets time pass.
  public mutating func wait(seconds: Int64) { time &+= seconds &* 1_000_000_000 }

  private mutating func record(
    _ kind: Access.Kind, _ address: UInt64, code: UInt32, _ bytes: [UInt8],
    _ flags: Access.Flags = []
  ) {
    append(kind, address, width: UInt32(bytes.count), code: code, flags, bytes)
  }

  mutating func append(
    _ kind: Access.Kind, _ address: UInt64, value: UInt64 = 0, width: UInt32, code: UInt32,
    _ flags: Access.Flags, _ bytes: [UInt8] = []
  ) {
    if !joins { time &+= 1000 }
    accesses.append(
      Access(
        kind: kind, record: UInt64(accesses.count &+ 1), time: time,
        location: UInt64(accesses.count &+ 1), address: address, value: value, width: width,
        code: code, flags: flags, payloadOffset: payload.count,
        payloadCount: UInt32(bytes.count)))
    payload += bytes
  }

  public mutating func driverWrites(_ address: UInt64, _ bytes: [UInt8]) {
    record(.memory, address, code: 1, bytes, .toDevice)
  }

  public mutating func deviceWrites(_ address: UInt64, _ bytes: [UInt8]) {
    record(.memory, address, code: 2, bytes)
  }

  /// The bytes as a recorder finds them.
  public mutating func snapshot(_ address: UInt64, _ bytes: [UInt8]) {
    record(.memory, address, code: 0, bytes)
  }

  public mutating func kick(_ queue: UInt32 = 0) {
    if plan.isMMIO { return write(register: 0x50, UInt64(queue)) }
    record(
      .notifyHypercall, Self.subchannel, code: queue, Array(repeating: 0, count: 16), .toDevice)
  }

  /// An interrupt of the queue; on virtio-mmio that the driver sees and acknowledges one.
  public mutating func interrupt(_ queue: UInt64 = 0) {
    if plan.isMMIO {
      readInterruptStatus()
      return acknowledge()
    }
    record(
      .interrupt, Self.subchannel, code: 2, Self.big(1 << queue) + Self.big(UInt64(0)))
  }

  /// A channel command that the device takes.
  public mutating func command(_ code: UInt32, _ bytes: [UInt8]) {
    record(.channelCommand, Self.subchannel, code: code | 0x0c << 16, bytes, .bigEndianGuest)
  }

  public mutating func writeStatus(_ status: UInt8) {
    plan.isMMIO ? write(register: 0x70, UInt64(status)) : command(0x31, [status])
  }
  public mutating func readStatus(_ status: UInt8) {
    plan.isMMIO ? read(register: 0x70, UInt64(status)) : command(0x72, [status])
  }
  public mutating func reset() {
    if !plan.isMMIO { return command(0x33, []) }
    writeStatus(0)
    readStatus(0)
  }
  /// The driver reads the first bytes of the device configuration, all at once.
  public mutating func readConfig(_ bytes: [UInt8]) { command(0x22, bytes) }

  // MARK: Initialization

  /// Resets the device and initializes it once more; the driver begins its rings anew.
  public mutating func restart() {
    for queue in availableIndex.indices {
      availableIndex[queue] = 0
      usedIndex[queue] = 0
    }
    initialize()
  }

  private mutating func begin() {
    if plan.isMMIO {
      identify()
      return initialize()
    }
    record(.subchannelEvent, Self.subchannel, code: 1, [])
    command(0xe4, [0xff, 0x38, 0x32, plan.type, 0, 0, 0])
    command(0x83, [0, 2, 0, 0])
    initialize()
  }

  private mutating func initialize() {
    reset()
    for status: UInt8 in [1, 3] {
      readStatus(status == 1 ? 0 : 1)
      writeStatus(status)
    }
    negotiate()
    writeStatus(0x0b)
    readStatus(0x0b)
    for queue in 0..<plan.queues { setUp(queue) }
    if !plan.isMMIO { command(0x43, Self.big(UInt64(0x9000))) }
    guard plan.isRunning else { return }
    writeStatus(0x0f)
  }

  private mutating func negotiate() {
    for word in 0..<2 {
      var bits: UInt32 = 0
      for bit in plan.allFeatures where bit / 32 == word { bits |= 1 << (bit % 32) }
      if plan.isMMIO {
        negotiate(UInt64(word), UInt64(bits))
        continue
      }
      let bytes = Self.little(bits) + [UInt8(word)]
      command(0x12, bytes)
      command(0x11, bytes)
    }
  }

  /// Tells the device where a queue lies; once more after a reset.
  public mutating func setUp(_ queue: UInt16) {
    if plan.isMMIO { return setUpByRegisters(queue) }
    command(0x32, Self.big(queue) + Self.big(plan.size))
    let place = Int(queue)
    command(
      0x13,
      Self.big(descriptors(place)) + Self.big(UInt32(0)) + Self.big(queue) + Self.big(plan.size)
        + Self.big(driverArea(place)) + Self.big(deviceArea(place)))
  }

  // MARK: Bytes

  public static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
  }

  public static func big<T: FixedWidthInteger>(_ value: T) -> [UInt8] { little(value).reversed() }
}
