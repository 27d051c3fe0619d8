public import VirtioSpec

/// What a session knows of its device's administration: made of the commands and results of its
/// administration queues.
///
/// A rule sees it as it was before the step. What a result changes, it changes when the device used
/// the buffer, though the device may have done it before.
///
/// Spec: 2.12 and 2.13
public struct AdminState: Sendable {
  /// Groups that a command named, in the order in which they were met.
  public internal(set) var groups: [AdminGroup] = []
  /// Commands that the device did not answer yet, oldest first.
  public internal(set) var inFlight: [AdminCommand] = []
  public internal(set) var commands: UInt64 = 0
  public internal(set) var results: UInt64 = 0
  /// What CAP_ID_LIST_QUERY returned last; nil while it did not.
  public internal(set) var capabilityIDs: AdminBitmap?
  public internal(set) var capabilityIDsAt = RecordReference.none
  public internal(set) var capabilities: [AdminCapability] = []
  /// Resource objects; those that were destroyed are forgotten first.
  public internal(set) var objects: [AdminObject] = []
  /// Which objects there are is known: every CREATE and DESTROY was seen with its end.
  public internal(set) var areObjectsKnown = true
  public internal(set) var members: [AdminMember] = []
  /// The first command, or result of one, that the recording does not hold; from then on lists, objects,
  /// capabilities and members may be others.
  public internal(set) var unknown = RecordReference.none
  /// This life of the device is not its first one.
  public internal(set) var followsReset = false
  /// Capabilities that an earlier life set, and when.
  public internal(set) var earlierCapabilities: [(id: UInt16, at: RecordReference)] = []
  /// Objects that stood when the device was reset, and since when.
  public internal(set) var earlierObjects: [(name: AdminObjectName, at: RecordReference)] = []
  /// Types of which the device had no space for an object while no capability was set, in this life
  /// or an earlier one.
  public internal(set) var refusedUnset: [(type: UInt16, at: RecordReference)] = []
  private var inFlightBytes = 0

  static var groupLimit: Int { 16 }
  static var inFlightLimit: Int { 256 }
  /// Bytes of commands in flight that are kept beyond their headers.
  static var inFlightByteLimit: Int { 1 << 20 }
  static var capabilityLimit: Int { 256 }
  static var objectLimit: Int { 1024 }
  static var memberLimit: Int { 1024 }

  public init() {}

  public func group(_ type: UInt16) -> AdminGroup? { groups.first { $0.type == type } }

  public func capability(_ id: UInt16) -> AdminCapability? {
    capabilities.first { $0.id == id }
  }

  /// The object that was last created under the name, alive or not.
  public func object(_ name: AdminObjectName) -> AdminObject? {
    objects.last { $0.name == name }
  }

  public func member(_ groupType: UInt16, _ id: UInt64) -> AdminMember? {
    members.first { $0.groupType == groupType && $0.id == id }
  }

  /// The command in flight that came in the chain `id` of `queue`.
  public func command(_ queue: Int32, _ id: UInt32) -> AdminCommand? {
    inFlight.last { $0.queue == queue && $0.id == id }
  }

  /// Whether the device has to take `opcode` for a group; nil where that is not known.
  public func isLegal(_ opcode: AdminOpcode, _ groupType: UInt16) -> Bool? {
    guard let group = group(groupType) else { return unknown.isSet ? nil : opcode.isList }
    return group.isLegal(opcode.rawValue)
  }

  // MARK: Commands in flight

  mutating func submit(_ command: AdminCommand) {
    commands &+= 1
    if !command.isKnown { lose(at: command.reference) }
    // A chain whose id comes again was given back unseen.
    if let old = complete(command.queue, command.id), !old.opcode.isHarmless {
      lose(at: command.reference)
    }
    guard inFlight.count < Self.inFlightLimit else {
      if !unknown.isSet { unknown = command.reference }
      return
    }
    var kept = command
    if inFlightBytes &+ kept.bytes.count > Self.inFlightByteLimit {
      kept.bytes.removeLast(max(kept.bytes.count &- 24, 0))
    }
    inFlightBytes &+= kept.bytes.count
    inFlight.append(kept)
  }

  /// Takes the command of a chain out of those in flight.
  mutating func complete(_ queue: Int32, _ id: UInt32) -> AdminCommand? {
    guard let place = inFlight.lastIndex(where: { $0.queue == queue && $0.id == id })
    else { return nil }
    let command = inFlight.remove(at: place)
    inFlightBytes &-= command.bytes.count
    return command
  }

  /// Forgets the commands of a queue that was reset or disabled: how they ended is not known.
  mutating func abandon(_ queue: Int32, at reference: RecordReference) {
    for command in inFlight where command.queue == queue {
      if !command.opcode.isHarmless { lose(at: reference) }
    }
    inFlight.removeAll { $0.queue == queue }
    inFlightBytes = inFlight.reduce(0) { $0 &+ $1.bytes.count }
  }

  /// Something was commanded that is not known.
  mutating func lose(at reference: RecordReference) {
    if !unknown.isSet { unknown = reference }
    for place in groups.indices { groups[place].isUsedKnown = false }
    for place in capabilities.indices { capabilities[place].isDriverKnown = false }
    for place in members.indices { members[place].isStopped = .unknown }
    areObjectsKnown = false
  }

  /// What is left of it after a reset of the device.
  var afterReset: AdminState {
    var next = AdminState()
    next.groups = groups.map(\.afterReset)
    next.followsReset = true
    next.earlierCapabilities = capabilities.compactMap { capability in
      capability.driver.map { _ in (capability.id, capability.driverAt) }
    }
    for old in earlierCapabilities
    where !next.earlierCapabilities.contains(where: { $0.id == old.id }) {
      if next.earlierCapabilities.count < Self.capabilityLimit {
        next.earlierCapabilities.append(old)
      }
    }
    if areObjectsKnown {
      next.earlierObjects = objects.filter(\.isAlive).map { ($0.name, $0.createdAt) }
    }
    next.refusedUnset = refusedUnset
    return next
  }
}

extension AdminOpcode {
  /// The command only asks.
  var isHarmless: Bool {
    switch self {
    case .listQuery, .legacyNotifyInfo, .capabilityList, .deviceCapabilityGet, .partsMetadataGet,
      .partsGet:
      true
    default: false
    }
  }
}
