import VirtioSpec

/// What the end of a command changes.
extension AdminState {
  /// Takes the result of a command.
  mutating func take(_ result: AdminResult) {
    results &+= 1
    let command = result.command
    _ = complete(command.queue, command.id)
    guard result.isKnown, !result.isFound else {
      if !command.isKnown || !command.opcode.isHarmless { miss(command, at: result.reference) }
      return
    }
    guard result.isOK else {
      if command.opcode == .listQuery, result.qualifier == .invalidGroup {
        change(command.groupType) { $0.refusedAt = result.reference }
      }
      return takeRefusal(result)
    }
    switch command.opcode {
    case .listQuery:
      if let list = result.opcodes {
        change(command.groupType) { $0.report(list, at: result.reference) }
      }
    case .listUse:
      change(command.groupType) { $0.use(command.opcodes, at: result.reference) }
    case .capabilityList:
      if let list = result.capabilities {
        capabilityIDs = list
        capabilityIDsAt = result.reference
      }
    case .deviceCapabilityGet, .driverCapabilitySet: takeCapability(result)
    case .objectCreate, .objectModify, .objectQuery, .objectDestroy: takeObject(result)
    case .legacyNotifyInfo, .modeSet: takeMember(result)
    default: break
    }
  }

  /// A result that is not known: the command may have done what it was to do.
  private mutating func miss(_ command: AdminCommand, at reference: RecordReference) {
    guard command.isKnown else { return lose(at: reference) }
    if !unknown.isSet { unknown = reference }
    switch command.opcode {
    case .listUse: change(command.groupType) { $0.use(nil, at: reference) }
    case .driverCapabilitySet:
      if let id = command.capability { changeCapability(id) { $0.isDriverKnown = false } }
    case .objectCreate, .objectDestroy: areObjectsKnown = false
    case .objectModify, .objectQuery:
      if let name = command.object { changeObject(name) { $0.data = nil } }
    case .modeSet:
      changeMember(command) {
        $0.isStopped = .unknown
        $0.modeAt = reference
      }
    default: break
    }
  }

  private mutating func change(_ type: UInt16, _ body: (inout AdminGroup) -> Void) {
    if let place = groups.firstIndex(where: { $0.type == type }) { return body(&groups[place]) }
    guard groups.count < Self.groupLimit else { return }
    var group = AdminGroup(type)
    body(&group)
    groups.append(group)
  }

  /// A device without space for an object of a type of which no capability was set.
  private mutating func takeRefusal(_ result: AdminResult) {
    guard result.command.opcode == .objectCreate, result.status == .enospc, !unknown.isSet,
      capabilities.allSatisfy({ $0.driver == nil }), let name = result.command.object,
      !inFlight.contains(where: { $0.opcode == .driverCapabilitySet }),
      !refusedUnset.contains(where: { $0.type == name.type }), refusedUnset.count < 16
    else { return }
    refusedUnset.append((name.type, result.reference))
  }

  // MARK: Capabilities

  private mutating func takeCapability(_ result: AdminResult) {
    guard let id = result.command.capability else { return lose(at: result.reference) }
    changeCapability(id) { capability in
      if result.command.opcode == .deviceCapabilityGet {
        capability.device = result.capabilityData.map { Array($0.prefix(AdminCapability.limit)) }
        capability.deviceAt = result.reference
      } else {
        let data = result.command.capabilityData
        capability.driver = data.map { Array($0.prefix(AdminCapability.limit)) }
        capability.driverAt = result.reference
        capability.isDriverKnown = data != nil
      }
    }
  }

  private mutating func changeCapability(_ id: UInt16, _ body: (inout AdminCapability) -> Void) {
    if let place = capabilities.firstIndex(where: { $0.id == id }) {
      return body(&capabilities[place])
    }
    guard capabilities.count < Self.capabilityLimit else { return }
    var capability = AdminCapability(id)
    body(&capability)
    capabilities.append(capability)
  }

  // MARK: Objects

  private mutating func takeObject(_ result: AdminResult) {
    let command = result.command
    guard let name = command.object else {
      areObjectsKnown = false
      return
    }
    switch command.opcode {
    case .objectCreate: create(name, result)
    case .objectDestroy: changeObject(name) { $0.destroyedAt = result.reference }
    default:
      // Modify or query: one returns data, the other one brings some.
      if result.objectData != nil { return }
      changeObject(name) {
        $0.data = nil
        $0.changedAt = result.reference
      }
    }
  }

  private mutating func create(_ name: AdminObjectName, _ result: AdminResult) {
    objects.removeAll { $0.name == name }
    if objects.count >= Self.objectLimit {
      guard let place = objects.firstIndex(where: { !$0.isAlive }) else {
        areObjectsKnown = false
        return
      }
      objects.remove(at: place)
    }
    let data = result.command.objectData
    objects.append(
      AdminObject(
        name: name, data: data.map { Array($0.prefix(AdminObject.limit)) },
        createdAt: result.reference, sentAt: result.command.reference,
        queue: result.command.queue, changedAt: result.reference))
  }

  private mutating func changeObject(
    _ name: AdminObjectName, _ body: (inout AdminObject) -> Void
  ) {
    if let place = objects.lastIndex(where: { $0.name == name }) { body(&objects[place]) }
  }

  // MARK: Members

  private mutating func takeMember(_ result: AdminResult) {
    changeMember(result.command) { member in
      if result.command.opcode == .modeSet {
        member.isStopped =
          result.command.modeFlags.map { $0 & 1 != 0 ? .yes : .no } ?? .unknown
        member.modeAt = result.reference
      } else if let entries = result.notifyEntries {
        member.notifyEntries = entries
        member.notifyAt = result.reference
      }
    }
  }

  private mutating func changeMember(
    _ command: AdminCommand, _ body: (inout AdminMember) -> Void
  ) {
    let (type, id) = (command.groupType, command.member)
    if let place = members.firstIndex(where: { $0.groupType == type && $0.id == id }) {
      return body(&members[place])
    }
    guard members.count < Self.memberLimit else { return }
    var member = AdminMember(type, id)
    body(&member)
    members.append(member)
  }
}
