import VirtioSpec
internal import Wire

/// One subchannel, and what its driver set up through it.
struct CCWSubchannel: Sendable {
  /// cssid<<24 | ssid<<16 | subchannel number.
  let address: UInt64
  /// Number of the device in the device table, -1 while nothing said that it is one of virtio's.
  var device: Int32 = -1
  /// A control unit of another type answered SENSE ID.
  var isForeign = false
  /// The device number, where a hint or a PMCW told it.
  var number: UInt32?
  /// What a hint calls the device.
  var hintedID: String?
  var isEnabled: Bool?
  var revision = Revision.unknown
  /// Where the indicators are, 0 for none.
  var indicators: UInt64 = 0
  var configIndicators: UInt64 = 0
  var adapter = AdapterIndicators()
  /// The 64 bits of `indicators` as they were last seen.
  var indicatorBits: UInt64 = 0
  /// The device configuration from offset 0 on as it was last seen in this life.
  var config: [UInt8] = []
  /// The cookie that the last notification of each of the first 64 queues returned, and which of
  /// them there are.
  var cookies: [UInt64] = []
  var knownCookies: UInt64 = 0
  /// A command whose data goes on in the next CCW.
  var chained: Command?
  var chainedData: [UInt8] = []
  /// Events that came before it was clear that this is a device.
  private var early: [Transaction] = []

  init(address: UInt64) { self.address = address }

  /// The transport revision in force.
  ///
  /// Spec: 4.3.2.1, Setting the Virtio Revision.
  enum Revision: Sendable, Equatable {
    /// The recording does not show it.
    case unknown
    /// The subchannel was enabled and none was set since, which means the legacy interface.
    case notSet
    case set(UInt16)
  }

  /// Where a device sets bits for adapter interrupts.
  ///
  /// Spec: 4.3.2.6.2, Setting Up Two-Stage Queue Indicators.
  struct AdapterIndicators: Sendable {
    var summary: UInt64 = 0
    var indicator: UInt64 = 0
    /// Number, from the left, of the first queue's bit.
    var firstBit: UInt64 = 0
  }

  /// A channel command, without its data.
  struct Command: Sendable {
    var code: UInt8
    /// Bytes of the whole transfer.
    var count: UInt32
    var reference: RecordReference
    var cpu: UInt16
    var hasData: Bool
    var isRejected: Bool
    /// Its data were to go on in the next CCW, and did not: the count is no whole one.
    var isCut = false
    /// The driver suppressed the check of the length.
    var isLengthUnchecked = false
    /// The channel found the length incorrect.
    var isLengthIncorrect = false
  }

  /// The interface that the revision in force selects.
  var interface: Transaction.Interface {
    switch revision {
    case .unknown: .none
    case .notSet, .set(0): .legacy
    case .set: .modern
    }
  }

  /// `fe.0.0001`, or `fe.0.sch0001` where the device number is not known.
  var id: String {
    if let hintedID { return hintedID }
    let set =
      String(address >> 24 & 0xff, radix: 16) + "." + String(address >> 16 & 0xff, radix: 16)
    let digits = { (value: UInt64) in String(Transaction.hexText(value & 0xffff, 4).dropFirst(2)) }
    return number.map { "\(set).\(digits(UInt64($0)))" } ?? "\(set).sch\(digits(address))"
  }

  /// Adds the device to the table; what came earlier goes to it now.
  mutating func attach(to devices: inout DeviceTable, into steps: inout StepBuffer) {
    guard device < 0, !isForeign else { return }
    device = devices.add(id: id, profile: DeviceProfile(transport: .ccw))
    for step in early { steps.append(step, to: device) }
    early = []
  }

  /// Hands a step to the device, or keeps it until there is one.
  mutating func tell(_ step: Transaction, into steps: inout StepBuffer) {
    if device >= 0 {
      steps.append(step, to: device)
    } else if early.count < 8, !isForeign {
      early.append(step)
    }
  }

  /// Forgets what a reset of the whole machine takes away.
  mutating func resetMachine() {
    isEnabled = nil
    revision = .notSet
    forgetLife()
  }

  /// Forgets what a reset of the device takes away.
  mutating func forgetLife() {
    indicators = 0
    configIndicators = 0
    adapter = AdapterIndicators()
    indicatorBits = 0
    config = []
    knownCookies = 0
  }
}
