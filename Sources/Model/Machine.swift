import VirtioSpec

/// Turns accesses into transactions of devices: the guest's machine as the recording shows it.
///
/// Each transport is a state machine of its own; this type only says which of them an access
/// concerns. An access that concerns none is foreign, and costs a look-up.
public struct Machine: Sendable {
  public var devices = DeviceTable()
  var pci = PCITransport()
  var mmio = MMIOTransport()
  var ccw = CCWTransport()
  var host = HostEvents()
  private var rings = RingFollower()
  /// Connections of sockets, from vsock monitoring.
  public private(set) var sockets = SocketTable()
  /// The connections of `sockets`, and, where no monitoring was recorded, those that the rings of socket
  /// devices told of.
  public var allSockets: SocketTable {
    var all = sockets
    guard sockets.packets == 0 else { return all }
    for device in devices.all {
      for session in device.sessions {
        if let state = session.sockets { all.add(state.table) }
      }
    }
    return all
  }
  /// What the last socket packet came to; nil when it could not be taken.
  public private(set) var socketStep: SocketTable.Step?
  /// Accesses that touched no virtio device.
  public private(set) var foreign: UInt64 = 0

  /// Hints of the recording that could not be read, at most `hintProblemLimit` of them.
  public private(set) var hintProblems: [HintProblem] = []

  static var hintProblemLimit: Int { 16 }

  /// A hint that could not be read.
  public struct HintProblem: Sendable {
    public var reference: RecordReference
    public var problem: JSONProblem
  }

  public init() {}

  /// Decodes `access` and appends what it means to `steps`.
  public mutating func receive(
    _ access: Access, payload: RawSpan, into steps: inout StepBuffer
  ) {
    switch access.kind {
    case .mmio:
      if !mmio.receive(access, devices: &devices, into: &steps),
        !pci.receiveMemory(access, devices: &devices, into: &steps),
        !mmio.discover(access)
      {
        foreign &+= 1
      }
    case .portIO:
      if !pci.receivePort(access, devices: &devices, into: &steps) { foreign &+= 1 }
    case .pciConfiguration:
      pci.receiveConfiguration(access, devices: &devices, into: &steps)
    case .channelCommand, .notifyHypercall, .subchannelEvent:
      ccw.receive(access, payload: payload, devices: &devices, into: &steps)
    case .interrupt:
      if access.code >= 2 {
        ccw.receive(access, payload: payload, devices: &devices, into: &steps)
      } else {
        pci.receiveInterrupt(access, devices: &devices, into: &steps)
      }
    case .deviceHint:
      receiveHint(access, payload: payload)
    case .socketPacket: receiveSocketPacket(access, payload: payload)
    case .lostEvents:
      sockets.lose()
      // A selection may be among what was lost.
      pci.forgetSelections()
      mmio.forgetSelections()
      toAll(.eventsLost, access, into: &steps)
    case .machineEvent:
      if access.code == 1 {
        pci.forgetPlaces()
        ccw.resetMachine()
      }
      toAll(.machineEvent, access, into: &steps)
    case .hostStatus, .hostKick, .hostInterrupt, .hostPop, .hostFill, .hostFlush, .hostMapping,
      .hostRegion:
      if access.kind == .hostRegion { mmio.takeRegion(access, payload: payload) }
      host.receive(
        access, payload: payload, pci: &pci, mmio: &mmio, devices: &devices, into: &steps)
    case .memory:
      rings.receive(access, payload: payload, devices: &devices)
      ccw.receiveMemory(access, payload: payload, into: &steps)
    case .note:
      break
    }
    if access.flags.contains(.bigEndianGuest) { noteBigEndianGuest(steps) }
    host.welcome(&devices)
    if !steps.isEmpty { host.observe(&steps, access: access) }
  }

  /// Whether memory records were taken whose meaning must be told before `access` (nil: before the
  /// end) is taken.
  ///
  /// `mutating` only so that the machine is not copied for every record.
  public mutating func mustTellRings(before access: Access?) -> Bool {
    guard rings.isOpen else { return false }
    guard let access else { return true }
    return !rings.goesOn(with: access)
  }

  /// The next step that the memory records taken so far show of a ring; nil when all is told. The
  /// session must take it before the next one is asked for.
  public mutating func nextRingStep() -> StepBuffer.Step? { rings.next(&devices) }

  private mutating func noteBigEndianGuest(_ steps: borrowing StepBuffer) {
    for place in steps.steps.indices {
      let device = steps.steps[place].device
      if devices[device].profile.guestIsBigEndian != .yes {
        devices[device].learn { $0.guestIsBigEndian = .yes }
      }
    }
  }

  /// Tells every device of what concerns the whole machine or recording.
  private func toAll(_ kind: Transaction.Kind, _ access: Access, into steps: inout StepBuffer) {
    for index in 0..<devices.count {
      let value = UInt64(access.code)
      steps.append(
        Transaction(kind, at: RecordReference(access), value: value, traits: .byDevice), to: index)
    }
  }

  private mutating func receiveSocketPacket(_ access: Access, payload: RawSpan) {
    socketStep = nil
    let start = access.payloadOffset
    let (end, overflow) = start.addingReportingOverflow(Int(access.payloadCount))
    guard !overflow, start >= 0, end <= payload.byteCount,
      let packet = SocketPacket(
        payload.extracting(start..<end), at: RecordReference(access))
    else { return }
    socketStep = sockets.take(packet)
  }

  private mutating func receiveHint(_ access: Access, payload: RawSpan) {
    do {
      take(try DeviceHint(payload, access: access))
    } catch {
      guard hintProblems.count < Self.hintProblemLimit else { return }
      hintProblems.append(HintProblem(reference: RecordReference(access), problem: error))
    }
  }

  /// Tells what configuration spaces said and no access asked for yet. Call at the end.
  public mutating func finish(into steps: inout StepBuffer) {
    for number in pci.functions.indices { pci.tellLayout(of: Int32(number), &steps) }
  }

  /// Takes a hint that a person gave, as if it stood before the first record.
  public mutating func take(_ hint: DeviceHint) {
    switch hint.transport {
    case .pci: pci.take(hint, devices: &devices)
    case .mmio: mmio.take(hint, devices: &devices)
    case .ccw: ccw.take(hint, devices: &devices)
    }
  }
}
