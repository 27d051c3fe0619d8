public import VirtioSpec

/// One virtio device of a recording, with its sessions.
public struct Device: Sendable {
  /// `0000:00:03.0`, `fe.0.0001` or `mmio@0x0a003e00`.
  public var id: String
  public private(set) var profile: DeviceProfile
  /// The session that goes on.
  public var current: Session
  /// Sessions that ended, oldest first; at most `DeviceTable.sessionLimit` over all devices.
  public internal(set) var finished: [Session] = []
  /// Sessions that ended and were not kept.
  public internal(set) var sessionsNotKept: UInt64 = 0
  /// Records that say what the device is, as texts for the report ("record 12: device id 0x1042").
  public var remarks: [String] = []

  public init(id: String, profile: DeviceProfile) {
    self.id = id
    self.profile = profile
    current = Session(index: 0, profile: profile)
  }

  /// Changes what is known of the device, in the session that goes on too.
  public mutating func learn(_ change: (inout DeviceProfile) -> Void) {
    change(&profile)
    current.profile = profile
  }

  /// Name of the device type (`blk`), or `unknown`.
  public var typeName: String { profile.type?.name ?? "unknown" }

  /// Every session that has anything in it, in order.
  public var sessions: [Session] {
    finished + (current.steps > 0 ? [current] : [])
  }

  /// Ends the current session and begins the next one, which remembers what the old one left.
  mutating func beginSession(keep: Bool) {
    var old = current
    old.retireRings()
    var next = Session(index: old.index + 1, profile: profile)
    let confirmed = old.marks.featuresOKConfirmed
    next.previous = PreviousSession(
      interface: old.interface, offered: old.offered, accepted: old.accepted,
      featuresOKConfirmed: confirmed,
      lastConfirmed: confirmed ? old.accepted : old.previous?.lastConfirmed,
      lastConfirmedAt: confirmed
        ? old.marks.featuresOKRead.isSet ? old.marks.featuresOKRead : old.marks.featuresOK
        : old.previous?.lastConfirmedAt ?? .none,
      everConfirmed: (confirmed ? old.accepted : FeatureSet())
        .union(old.previous?.everConfirmed ?? FeatureSet()),
      everOffered: old.offered.union(old.previous?.everOffered ?? FeatureSet()),
      featuresOKRefused: old.marks.featuresOKRefused, failed: old.marks.failed,
      driverOK: old.marks.driverOK,
      firstFeatureRead: old.previous.map(\.firstFeatureRead).flatMap { $0.isSet ? $0 : nil }
        ?? old.marks.firstFeatureRead, config: old.config,
      earliestConfig: old.previous?.earliestConfig ?? (old.startKnown ? old.config : []),
      firstConfigWrite: old.previous.map(\.firstConfigWrite).flatMap { $0.isSet ? $0 : nil }
        ?? old.marks.firstConfigWrite, lastRecord: old.lastRecord)
    // The revision outlives a reset, and so does what identified the device.
    next.revision = old.revision
    next.revisionSet = old.revisionSet
    next.revisions = old.revisions
    next.subchannelEnabledAt = old.subchannelEnabledAt
    next.layoutBox = old.layoutBox
    next.messagesEnabled = old.messagesEnabled
    next.sriov = old.sriov
    next.adminStates = old.adminStates.map(\.afterReset)
    if profile.transport != .pci {
      // The Version register and the revision stay what they are.
      next.interface = old.interface
      next.interfaceEvidence = old.interfaceEvidence
    }
    if keep { finished.append(old) } else { sessionsNotKept += 1 }
    current = next
  }
}

/// The devices of a recording, by dense number in the order in which they were met.
public struct DeviceTable: Sendable {
  public private(set) var all: [Device] = []
  /// Devices that were met beyond `deviceLimit` and are not followed.
  public private(set) var devicesNotKept: UInt64 = 0
  private var sessionsKept = 0
  /// Changes whenever a queue is enabled, disabled or reset, or a session ends.
  private(set) var queueVersion: UInt64 = 0

  /// The version of the specification that devices are judged by; set it before the first.
  public var spec = SpecVersion.latest

  static var deviceLimit: Int { 4096 }
  static var sessionLimit: Int { 4096 }

  public init() {}

  public subscript(index: Int32) -> Device {
    // A copy, not `_read`: Swift 6.3.1 ends that coroutine before its last use when the value
    // crosses the module border, in release builds.
    get { all[Int(index)] }
    _modify { yield &all[Int(index)] }
  }

  public var count: Int32 { Int32(all.count) }

  /// Adds a device, or -1 when there are too many.
  public mutating func add(id: String, profile: DeviceProfile) -> Int32 {
    guard all.count < Self.deviceLimit else {
      devicesNotKept += 1
      return -1
    }
    var profile = profile
    profile.spec = spec
    all.append(Device(id: id, profile: profile))
    return Int32(all.count - 1)
  }

  /// Whether `step` ends the life of its device's current session.
  public func endsLife(_ step: Transaction, of index: Int32) -> Bool {
    switch step.kind {
    case .writeStatus where step.isStatusReset:
      guard all[Int(index)].profile.transport != .ccw else { return false }
    case .reset where step.isAccepted: break
    case .machineEvent where step.value == 1: break
    default: return false
    }
    return all[Int(index)].current.hasLife
  }

  /// Lets `judge` see `step` with the session before it, then lets the session take the step.
  ///
  /// One call for both, inside this module: a session that crossed the module border by itself
  /// would be copied, and its accessor would allocate.
  public mutating func take(_ step: Transaction, of index: Int32, judge: inout some StepJudge) {
    judge.judge(step, of: index, in: &all[Int(index)].current)
    all[Int(index)].current.apply(step)
    switch step.kind {
    case .writeQueueEnable, .writeQueuePFN, .writeQueueReset, .readAdminQueueIndex,
      .readAdminQueueNum:
      queueVersion &+= 1
    case .writeStatus where step.isStatusReset, .reset:
      if !all[Int(index)].current.toldQueues.isEmpty { tellQueues([], of: index) }
    default: break
    }
  }

  /// Takes what a hint tells of queues.
  mutating func tellQueues(_ hint: DeviceHint, of index: Int32) {
    if !hint.queues.isEmpty { tellQueues(hint.queues, of: index) }
  }

  /// Takes what is told of queues of the current life; a reset takes it back.
  mutating func tellQueues(_ queues: [ToldQueue], of index: Int32) {
    guard queues.isEmpty || all[Int(index)].current.steps == 0 else { return }
    all[Int(index)].current.toldQueues = queues
    if queues.isEmpty { all[Int(index)].current.retireRings() }
    queueVersion &+= 1
  }

  /// Lends `body` the id and the current session of a device, without a copy.
  public mutating func lend(
    _ index: Int32, to body: (String, inout Session) -> Bool
  ) -> Bool {
    let id = all[Int(index)].id
    return body(id, &all[Int(index)].current)
  }

  /// The enabled queues of a device, as rings to follow.
  func followedRings(of index: Int32) -> [FollowedRing] {
    let session = all[Int(index)].current
    return session.layouts.compactMap { queue, layout in
      var ring = FollowedRing(device: index, session: session.index, queue: queue, layout: layout)
      ring?.content = session.content(of: queue.index)
      ring?.netHeader = session.netHeaderLength
      // MRG_RXBUF.
      ring?.mergesPackets = session.accepted.contains(15) && session.profile.type == .net
      return ring
    }
  }

  /// Number of the current session of a device.
  func session(of index: Int32) -> Int { all[Int(index)].current.index }

  /// What the current session of a device knows of the rings of a queue.
  func ring(of index: Int32, queue: Int32) -> RingState? {
    for place in all[Int(index)].current.rings.indices
    where all[Int(index)].current.rings[place].queue == queue {
      return all[Int(index)].current.rings[place]
    }
    return nil
  }

  /// The first outstanding chain of a queue for which `body` is true; nothing is copied for it.
  func firstOutstanding(
    of index: Int32, queue: Int32, _ body: (RingChain, [RingBuffer]) -> Bool
  ) -> RingChain? {
    for place in all[Int(index)].current.rings.indices
    where all[Int(index)].current.rings[place].queue == queue {
      return all[Int(index)].current.rings[place].firstOutstanding(body)
    }
    return nil
  }

  /// Makes the state of a queue's rings where there is none yet.
  mutating func meetRing(of index: Int32, queue: Int32) {
    _ = all[Int(index)].current.ringPlace(of: queue)
  }

  /// The next step that memory shows of a queue's rings, nil when there is none.
  mutating func nextRingStep(
    of index: Int32, queue: Int32, in memory: borrowing RecordedMemory,
    touched: inout RingFields, code: UInt32, at reference: RecordReference
  ) -> Transaction? {
    guard let place = all[Int(index)].current.ringPlace(of: queue) else { return nil }
    return all[Int(index)].current.nextRingStep(
      place, in: memory, touched: &touched, code: code, at: reference)
  }

  /// Makes the current session ready for `step`, which makes `chain` available if it is about that:
  /// what memory records do by themselves.
  public mutating func prepare(_ step: Transaction, _ chain: ToldChain, of index: Int32) {
    all[Int(index)].current.told = chain
    if step.isRingStep { _ = all[Int(index)].current.ringPlace(of: step.queue) }
  }

  /// The command in flight in the chain `id` of an administration queue.
  func adminCommand(of index: Int32, queue: Int32, id: UInt32) -> AdminCommand? {
    all[Int(index)].current.admin?.command(queue, id)
  }

  /// The chain that the step at hand of a device makes available.
  func toldChain(of index: Int32) -> ToldChain { all[Int(index)].current.told }

  /// Makes the current session ready for a step that tells `admin`.
  mutating func tell(_ admin: ToldAdmin, of index: Int32) {
    all[Int(index)].current.told.admin = admin
  }

  /// Makes the current session ready for a step that tells `payload`.
  mutating func tell(_ payload: ToldPayload, of index: Int32) {
    all[Int(index)].current.told.tell(payload)
  }

  /// Ends the current session of the device and begins the next.
  public mutating func beginSession(of index: Int32) {
    queueVersion &+= 1
    let keep = sessionsKept < Self.sessionLimit
    if keep { sessionsKept += 1 }
    all[Int(index)].beginSession(keep: keep)
  }
}

/// Sees each step of a device with the session as it was before it.
public protocol StepJudge {
  /// `session` is `inout` only so that it is not copied for every step: a judge leaves it alone.
  mutating func judge(_ step: Transaction, of device: Int32, in session: inout Session)
}
