import Model
import VirtioSpec

/// Spec: 2.12.1.3.6. Traps: a CREATE that failed; a reset in between.
struct ObjDrvUniqueID: AdminStatement {
  static let id = "admin.obj.drv-unique-id"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard command.opcode == .objectCreate, let name = command.object else { return .silent }
    guard let object = admin.object(name), object.isAlive else { return .held }
    guard admin.isAlone(command, { $0.opcode == .objectDestroy && $0.object == name }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver creates \(command.objectText), which stands already",
      Evidence(object.createdAt, "the object was created"))
  }
}

/// Spec: 2.12.1.3.6
struct ObjDrvWithinLimit: AdminStatement {
  static let id = "admin.obj.drv-within-limit"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    let type = session.profile.type
    guard command.opcode == .objectCreate, let name = command.object,
      let limit = CapabilityLimit.limit(of: command, on: type),
      let id = CapabilityLimit.capability(of: name.type, on: type),
      let capability = admin.capability(id), let data = capability.driver,
      let most = limit.value(in: data), capability.isDriverKnown
    else { return .silent }
    guard let living = admin.living(limit) else { return .undecidable(.payloadNotCaptured) }
    guard UInt64(living.count) >= most, admin.object(name)?.isAlive != true else { return .held }
    guard admin.isAlone(command, \.changesObjects) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver creates \(command.objectText) while \(living.count) stand, and it set \(limit.name) to "
        + "\(most)",
      Evidence(capability.driverAt, "the capability is set"))
  }
}

/// Spec: 2.12.1.3.6. Traps: a DESTROY that failed; an object that was made again.
struct ObjDrvNoTouchDestroyed: AdminStatement {
  static let id = "admin.obj.drv-no-touch-destroyed"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard (0xb...0xd).contains(command.opcode.rawValue), let name = command.object,
      let object = admin.object(name)
    else { return .silent }
    guard !object.isAlive else { return .held }
    guard admin.isAlone(command, { $0.opcode == .objectCreate && $0.object == name }) else {
      return .undecidable(.causeNotRecorded)
    }
    // Modify and query have each other's number in a place of the specification.
    let deed = command.opcode == .objectDestroy ? "destroys" : "uses"
    return .broken(
      "driver \(deed) \(command.objectText), which it has destroyed",
      Evidence(object.destroyedAt, "the object was destroyed"))
  }
}

/// Spec: 2.12.1.3.6. What stands on what: rules of a flow filter on their group and classifier.
struct ObjDrvNoDestroyDepended: AdminStatement {
  static let id = "admin.obj.drv-no-destroy-depended"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    Self.judge(command, admin, session)
  }

  static func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    guard command.opcode == .objectDestroy, let name = command.object,
      admin.object(name)?.isAlive == true
    else { return .silent }
    guard let user = admin.user(of: name, session.profile.type) else { return .held }
    guard admin.isAlone(command, \.changesObjects) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver destroys \(command.objectText), on which object \(user.name.id) of type "
        + "\(hex(user.name.type)) depends",
      Evidence(user.createdAt, "the other object was created"))
  }
}

/// The other half of the same sentence. Traps: what is independent may go in any order; a reset ends
/// all objects.
struct ObjDrvDestroyLeavesFirst: AdminStatement {
  static let id = "admin.obj.drv-destroy-leaves-first"
  static let coveredBy = [ObjDrvNoDestroyDepended.id]

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    ObjDrvNoDestroyDepended.judge(command, admin, session)
  }
}

/// Spec: 2.12.1.3.6. Trap: the narrower statement about disabling stands for this one.
struct ObjDrvNoCapSetWhileObjects: AdminStatement {
  static let id = "admin.obj.drv-no-cap-set-while-objects"
  static let coveredBy = [CapDrvNoDisableInUse.id]

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard command.opcode == .driverCapabilitySet, command.groupType == AdminGroupType.own,
      let id = command.capability
    else { return .silent }
    let types = CapabilityLimit.all(id, of: session.profile.type).compactMap(\.object)
    guard !types.isEmpty else { return .silent }
    guard admin.areObjectsKnown else { return .undecidable(.payloadNotCaptured) }
    let use = admin.objects.first { $0.isAlive && types.contains($0.name.type) }
    guard let use else { return .held }
    guard admin.isAlone(command, { $0.opcode == .objectDestroy }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver sets capability \(hex(id)) while object \(use.name.id) of type \(hex(use.name.type)) "
        + "stands",
      Evidence(use.createdAt, "the object was created"))
  }
}

extension AdminState {
  /// An object that stands on the one called `name`; nil where none is known to.
  func user(of name: AdminObjectName, _ type: DeviceType?) -> AdminObject? {
    // A rule begins with the ids of its group and its classifier.
    guard type == .net, name.type == 0x200 || name.type == 0x201 else { return nil }
    let place = name.type == 0x200 ? 0 : 4
    return objects.first { object in
      guard object.isAlive, object.name.type == 0x202, object.name.groupType == name.groupType,
        object.name.member == name.member, let data = object.data, data.count >= 8
      else { return false }
      let id = data[place..<(place + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return id == name.id
    }
  }
}
