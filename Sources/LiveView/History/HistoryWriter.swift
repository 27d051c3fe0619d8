import Model
import Rules

/// The decoder's side of the history: a class, because the analysis tells it of steps by a closure.
final class HistoryWriter {
  private var ring: HistoryRing
  private var topology = RawRecords()
  private var devices: [DeviceState] = []
  private var rates: [DeviceRates] = []
  private var queues: QueueWatch
  /// Devices whose state is not that of the last publication.
  private var touched: Set<Int32> = []
  private var steps = 0
  private var accesses: UInt64 = 0
  private var firstTime: Int64?
  private var lastTime: Int64 = 0
  private var lastRecord: UInt64 = 0
  private var version: UInt64 = 0
  var input = InputState()

  /// Records of topology that are kept, and their bytes.
  private static var topologyLimit: Int { 32768 }
  private static var topologyByteLimit: Int { 1 << 20 }

  init(limit: Int, base: BaseMemory) {
    ring = HistoryRing(limit: limit)
    queues = QueueWatch(over: base)
  }

  /// An access comes; what is told until `end` came of it, or of what was recorded before.
  func begin(_ access: Access) {
    steps = 0
    accesses &+= 1
    lastTime = access.time
    lastRecord = access.record
  }

  func take(_ kept: KeptStep) {
    steps += 1
    if firstTime == nil { firstTime = kept.step.reference.time }
    ring.append(kept)
    touched.insert(kept.device)
    let place = Int(kept.device)
    while rates.count <= place { rates.append(DeviceRates()) }
    rates[place].take(kept.step)
    queues.take(kept)
  }

  /// Keeps the access if it said anything about virtio.
  ///
  /// - Parameter isForeign: it touched nothing of a device, as far as is known now. What is none and
  ///   told nothing yet may be what a device is known by later: a read of a magic value, or of the
  ///   configuration space through ports or memory.
  func end(_ access: Access, payload: RawSpan, isForeign: Bool) {
    let isPlace = Self.isTopology(access) || steps == 0 && !isForeign && Self.isRegister(access)
    if isPlace || steps > 0 && ring.lastIdentifies { keepAsTopology(access, payload) }
    switch access.kind {
    case .memory, .lostEvents, .machineEvent, .socketPacket: break
    // What a device's own log tells ties its names to devices, also where it tells nothing new.
    case .hostStatus, .hostKick, .hostInterrupt, .hostPop, .hostFill, .hostFlush: break
    default: guard steps > 0 || isPlace else { return }
    }
    ring.append(access, payload: payload)
  }

  /// Says where a device is, whatever the analysis makes of it.
  private static func isTopology(_ access: Access) -> Bool {
    switch access.kind {
    case .pciConfiguration, .deviceHint, .hostMapping, .hostRegion: true
    default: false
    }
  }

  private static func isRegister(_ access: Access) -> Bool {
    access.kind == .mmio || access.kind == .portIO
  }

  /// Keeps what a part of the recording needs to be understood by itself.
  private func keepAsTopology(_ access: Access, _ payload: RawSpan) {
    guard topology.accesses.count < Self.topologyLimit,
      topology.bytes.count < Self.topologyByteLimit
    else { return }
    topology.append(access, payload: payload)
  }

  func touchAll() { touched.formUnion(devices.indices.map { Int32($0) }) }

  /// Takes the state of the devices that changed.
  func takeDevices(
    _ analysis: borrowing Analysis, memory: borrowing some GuestMemory & ~Copyable, readsRings: Bool
  ) {
    queues.now = lastTime
    let count = analysis.machine.devices.count
    for number in Int32(devices.count)..<max(count, Int32(devices.count)) { touched.insert(number) }
    for number in touched.sorted() where number < count {
      let device = analysis.machine.devices[number]
      var state = DeviceState(
        device, rates: rates.indices.contains(Int(number)) ? rates[Int(number)] : DeviceRates())
      state.queues = queues.states(of: device, number, memory, readsRings: readsRings)
      if Int(number) < devices.count {
        devices[Int(number)] = state
      } else {
        devices.append(state)
      }
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Everything up to now.
  func snapshot(_ analysis: borrowing Analysis) -> HistorySnapshot {
    version &+= 1
    var snapshot = HistorySnapshot()
    snapshot.chunks = ring.all
    snapshot.dropped = ring.dropped
    snapshot.devices = devices
    snapshot.sockets = analysis.machine.allSockets.connections
    snapshot.findings = analysis.verdicts.findings
    snapshot.findingsNotKept = analysis.verdicts.findingsNotKept
    snapshot.topology = topology
    snapshot.accesses = accesses
    snapshot.firstTime = firstTime
    snapshot.lastTime = lastTime
    snapshot.lastRecord = lastRecord
    snapshot.input = input
    snapshot.version = version
    return snapshot
  }
}
