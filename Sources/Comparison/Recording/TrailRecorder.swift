import Model
import VirtioSpec

/// Turns the transactions of one device into lives that can be compared.
///
/// What tells nothing new is left out as it comes, so that a long recording of a running device
/// takes no more memory than a short one.
struct TrailRecorder: Sendable {
  private(set) var lives: [ComparedLife] = []
  /// What configuration space says.
  var facts: [ComparedStep] = []
  var life = ComparedLife(session: 0)
  var moment = Moment()
  /// Values that were read or written in this life, by what holds them.
  private var known: [StepPlace: UInt64] = [:]
  /// How the switches of PCI stand, as far as the recording shows; they outlive a reset.
  private var lasting: [Topic: UInt64] = [:]
  private var occasions: Set<StepPlace> = []
  private var offered = FeatureMerge()
  private var accepted = FeatureMerge()
  private var areas: AreaMerge?
  private var config: ConfigMerge?
  var statusBook = StatusBook()
  /// Whether the step that is taken is compared, and any step of what is merged.
  private(set) var isWanted = true
  private var wants = MergeWants()

  /// Steps of a life that are kept, of all lives together, and values that are remembered.
  static var lifeLimit: Int { 16_384 }
  static var limit: Int { 131_072 }
  static var knownLimit: Int { 4_096 }

  /// What is true while a step is taken.
  struct Moment: Sendable {
    var session = 0
    var status = DeviceStatus()
    var type: DeviceType?
    var isBigEndian = false
    var transport = TransportKind.pci
  }

  /// What of that which is merged is compared.
  private struct MergeWants: Sendable {
    var offered = false
    var accepted = false
    var areas = false
    var config = false
  }

  /// Takes a step; `room` is how many steps may still be kept.
  ///
  /// - Parameter isWanted: the step is compared. What it says is known afterwards in any case, so that
  ///   a read of the same tells nothing new.
  mutating func take(
    _ step: Transaction, _ moment: Moment, isWanted: Bool = true, room: inout Int
  ) {
    if moment.session != life.session {
      endLife(beginning: moment.session, isReset: true, room: &room)
    }
    self.moment = moment
    self.isWanted = isWanted
    if step.isFact { return isWanted ? takeFact(step) : () }
    if !life.first.isSet { life.first = step.reference }
    life.last = step.reference
    if step.interface != .none { takeInterface(step) }
    if config != nil, !Self.goesOnWithConfig(step) { flushConfig(&room) }
    switch step.kind {
    case .readStatus, .writeStatus, .reset: takeStatus(step, room: &room)
    case .readDeviceFeatures:
      offered.take(step)
      wants.offered = wants.offered || isWanted
    case .writeDriverFeatures: takeAccepted(step)
    case .writeQueueAddress: takeArea(step, room: &room)
    case .readConfig, .writeConfig: takeConfig(step, room: &room)
    case .eventsLost:
      if !life.gap.isSet { life.gap = step.reference }
    case .machineEvent:
      if step.value == 1 { lasting.removeAll() }
    default:
      if takeOccasion(step) { return }
      if let key = StepKey(step) { takePlain(key, step, room: &room) }
    }
  }

  /// Ends the recording.
  mutating func finish(room: inout Int) {
    endLife(beginning: life.session &+ 1, isReset: false, room: &room)
  }

  private mutating func endLife(beginning session: Int, isReset: Bool, room: inout Int) {
    flush(&room)
    life.isReset = isReset
    if life.hasDeeds || life.occasions.contains(where: { $0.key.topic != .interface }) {
      lives.append(life)
    }
    life = ComparedLife(session: session)
    known.removeAll(keepingCapacity: true)
    occasions.removeAll(keepingCapacity: true)
    offered = FeatureMerge()
    accepted = FeatureMerge()
    statusBook = StatusBook()
    wants = MergeWants()
  }

  // MARK: What is merged

  private static func goesOnWithConfig(_ step: Transaction) -> Bool {
    step.kind == .readConfig || step.kind == .writeConfig || step.kind == .readConfigGeneration
  }

  private mutating func takeAccepted(_ step: Transaction) {
    accepted.take(step)
    wants.accepted = wants.accepted || isWanted
    guard step.hasValue, known.count < Self.knownLimit else { return }
    let place = StepPlace(topic: .acceptedRead, queue: -1, index: step.index)
    known[place] = known[place, default: 0] & ~step.mask | step.value & step.mask
  }

  private mutating func takeArea(_ step: Transaction, room: inout Int) {
    if areas?.queue == step.queue {
      areas?.take(step)
    } else {
      flush(&room)
      areas = AreaMerge(step)
    }
    wants.areas = wants.areas || isWanted
  }

  private mutating func takeConfig(_ step: Transaction, room: inout Int) {
    let place = moment.type?.configField(at: Int(step.index))?.field
    var start = Int(step.index)
    var byteCount = Int(step.width)
    if let place, start + Int(step.width) <= place.offset + place.byteCount {
      start = place.offset
      byteCount = place.byteCount
    }
    defer { wants.config = wants.config || isWanted }
    if config?.take(step, start: start) == true { return }
    flushConfig(&room)
    if step.kind == .writeConfig { flush(&room) }
    config = ConfigMerge(
      step, start: start, byteCount: byteCount, isBigEndian: moment.isBigEndian)
  }

  private mutating func flushConfig(_ room: inout Int) {
    guard let step = config?.whole else { return }
    config = nil
    let now = isWanted
    isWanted = wants.config
    wants.config = false
    if step.key.topic == .configRead { read(step, room: &room) } else { write(step, room: &room) }
    isWanted = now
  }

  /// Tells what was merged so far.
  mutating func flush(_ room: inout Int) {
    flushConfig(&room)
    flushFeatures(&room)
    if let step = areas?.whole {
      areas = nil
      keep(step, wants.areas, &room)
      wants.areas = false
    }
  }

  mutating func flushFeatures(_ room: inout Int) {
    if let step = offered.flush(.offered, unlessKnown: true) { keep(step, wants.offered, &room) }
    if let step = accepted.flush(.accepted, unlessKnown: false) {
      keep(step, wants.accepted, &room)
    }
    wants.offered = false
    wants.accepted = false
  }

  /// Keeps a step that was merged.
  private mutating func keep(_ step: ComparedStep, _ isWanted: Bool, _ room: inout Int) {
    let now = self.isWanted
    self.isWanted = isWanted
    keep(step, room: &room)
    self.isWanted = now
  }

  // MARK: What counts

  private mutating func takePlain(_ key: StepKey, _ step: Transaction, room: inout Int) {
    var made = ComparedStep(key, at: step.reference)
    made.isFromHost = step.traits.contains(.fromHostLog)
    if key.topic.isSwitch {
      lasting[key.topic] = key.value
      return
    }
    guard key.topic.isRead else { return write(made, room: &room) }
    // Before a size was written the register tells the most that the device takes.
    if key.topic == .queueSizeRead, known[key.writtenPlace] == nil {
      made.key.topic = .queueMaxSize
    }
    read(made, room: &room)
  }

  /// Tells how the switches of PCI stand, at the moment when it matters.
  mutating func tellSwitches(at reference: RecordReference, room: inout Int) {
    for topic in [Topic.pciCommand, .messagesEnabled] {
      guard let value = lasting[topic] else { continue }
      keep(ComparedStep(StepKey(topic, value: value), at: reference), room: &room)
    }
  }

  /// A step by which the driver tells the device something.
  mutating func write(_ step: ComparedStep, room: inout Int) {
    flush(&room)
    if known.count < Self.knownLimit { known[step.key.writtenPlace] = step.key.value }
    keep(step, room: &room)
  }

  /// A read counts when it tells something that was not known.
  private mutating func read(_ step: ComparedStep, room: inout Int) {
    flushFeatures(&room)
    let place = step.key.writtenPlace
    if step.key.isKnown {
      let seen = StepPlace(topic: step.key.topic, queue: place.queue, index: place.index)
      if known[place] == step.key.value, step.key.topic != .configRead { return }
      if step.key.topic == .configRead {
        // Longer fields are told apart by their sum.
        let value = step.key.value ^ step.key.high &* 31
        if known[seen] == value { return }
        if known.count < Self.knownLimit { known[seen] = value }
      } else if known.count < Self.knownLimit {
        known[place] = step.key.value
      }
    }
    keep(step, room: &room)
  }

  /// Keeps a step, or counts it to the last one that says the same or was asked again.
  mutating func keep(_ step: ComparedStep, room: inout Int) {
    if !step.key.isKnown, !life.blind.isSet { life.blind = step.first }
    if step.key.topic.isDeed { life.hasDeeds = true }
    guard isWanted else { return }
    if let place = life.steps.indices.last {
      let before = life.steps[place].key
      if before == step.key || before.place == step.key.place && isPolling(step.key) {
        life.steps[place].key = step.key
        life.steps[place].last = step.last
        life.steps[place].count &+= step.count
        return
      }
    }
    guard room > 0, life.steps.count < Self.lifeLimit else {
      life.isCut = true
      return
    }
    room -= 1
    var step = step
    step.position = life.steps.count
    step.status = moment.status
    life.steps.append(step)
  }

  /// Asking again and again until the answer is another, and what a running driver tells a field of
  /// the configuration over and over.
  private func isPolling(_ key: StepKey) -> Bool {
    key.topic.isRead || key.topic == .config && moment.status.contains(.driverOK)
  }

  /// Notes that something came in this life, with the place where it came first.
  mutating func note(_ key: StepKey, _ step: Transaction) {
    if !isWanted, key.topic != .interface {
      life.hasDeeds = life.hasDeeds || key.topic == .kick || key.topic == .earlyKick
      return
    }
    guard occasions.count < 1_024, occasions.insert(key.place).inserted else { return }
    var made = ComparedStep(key, at: step.reference)
    made.position = life.steps.count
    made.status = moment.status
    made.isFromHost = step.traits.contains(.fromHostLog)
    life.occasions.append(made)
  }
}
