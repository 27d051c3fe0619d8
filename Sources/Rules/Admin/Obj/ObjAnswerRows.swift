import Model
import VirtioSpec

/// Spec: 2.12.1.3.5. Traps: the table of status values has no EEXIST, so that another error may be
/// meant for it; a first CREATE that failed.
struct ObjDevEexist: AdminStatement {
  static let id = "admin.obj.dev-eexist"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard command.opcode == .objectCreate, let name = command.object,
      let object = admin.object(name), object.isAlive, object.createdAt < command.reference
    else { return .silent }
    if result.status == .eexist { return .held }
    guard result.isOK, admin.isAlone(command, { $0.object == name }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device answers OK to a second CREATE of \(command.objectText)",
      Evidence(object.createdAt, "the object was created"))
  }
}

/// Spec: 2.12.1.3.5. Trap: an object that was made through another group or owner.
struct ObjDevEnxio: AdminStatement {
  static let id = "admin.obj.dev-enxio"
  static let coveredBy = [ObjDevResetDestroys.id]

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard (0xb...0xd).contains(command.opcode.rawValue), let name = command.object,
      admin.areObjectsKnown, admin.object(name)?.isAlive != true,
      !(admin.object(name)?.destroyedAt ?? .none).isAfter(command.reference)
    else { return .silent }
    if result.status == .enxio { return .held }
    guard result.isOK, admin.isAlone(command, { $0.object == name }) else {
      return .undecidable(.causeNotRecorded)
    }
    let elsewhere = admin.objects.contains {
      $0.isAlive && $0.name.type == name.type && $0.name.id == name.id
    }
    guard !elsewhere else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device answers OK to \(command.opcode.name) of \(command.objectText), which does not exist",
      Evidence(admin.object(name)?.destroyedAt ?? .none, "the object was destroyed"))
  }
}

/// Spec: 2.12.1.3.5. Trap: what is wrong with the command has a status of its own.
struct ObjDevEnospc: AdminStatement {
  static let id = "admin.obj.dev-enospc"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard result.command.opcode == .objectCreate, !result.isOK else { return .silent }
    switch result.status {
    case .enospc: return .held
    case .eexist, .einval, .enxio, .eagain: return .silent
    default:
      return .broken(
        "device answers \(result.text) to CREATE of \(result.command.objectText), which it could not "
          + "create",
        result.command.evidence("driver creates the object"))
    }
  }
}

/// Spec: 2.12.1.3.5. What stands on what depends on the type: rules of a flow filter do.
struct ObjDevEbusyDependents: AdminStatement {
  static let id = "admin.obj.dev-ebusy-dependents"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    // A query may go on; only destroying is certain not to be one.
    guard command.opcode == .objectDestroy, let name = command.object,
      admin.object(name)?.isAlive == true,
      let user = admin.user(of: name, session.profile.type), user.createdAt < command.reference
    else { return .silent }
    if result.status == .ebusy { return .held }
    guard result.isOK, admin.isAlone(command, \.changesObjects) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device destroys \(command.objectText), on which object \(user.name.id) of type "
        + "\(hex(user.name.type)) depends",
      Evidence(user.createdAt, "the other object was created"))
  }
}

/// Spec: 2.12.1.3.5. Trap: what passes, such as want of space.
struct ObjDevAllowRecreate: AdminStatement {
  static let id = "admin.obj.dev-allow-recreate"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard command.opcode == .objectCreate, let name = command.object,
      let object = admin.object(name), !object.isAlive, object.destroyedAt < command.reference,
      let data = object.data, data == command.objectData.map({ Array($0.prefix(data.count)) })
    else { return .silent }
    if result.isOK { return .held }
    let id = CapabilityLimit.capability(of: name.type, on: session.profile.type)
    let limited = id.flatMap(admin.capability)?.driverAt ?? .none
    guard !result.isTransient, result.status != .enospc, admin.isPlain(command),
      command.objectFlags == 0, admin.isAlone(command, \.changesObjects),
      !limited.isAfter(object.createdAt), result.qualifier != .invalidMember
    else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device answers \(result.text) to CREATE of \(command.objectText) as it was before",
      Evidence(object.createdAt, "the object was created"),
      Evidence(object.destroyedAt, "the object was destroyed"))
  }
}

/// Spec: 2.12.1.3.5. Traps: a type may restrict ids; EINVAL may be for another field.
struct ObjDevAnyFreeID: AdminStatement {
  static let id = "admin.obj.dev-any-free-id"
  static let coveredBy = [ObjDevAllowRecreate.id, ObjDevResetDestroys.id]

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard command.opcode == .objectCreate, let name = command.object, admin.areObjectsKnown,
      admin.object(name)?.isAlive != true
    else { return .silent }
    if result.isOK { return .held }
    guard result.status == .eexist else { return .undecidable(.causeNotRecorded) }
    guard admin.isAlone(command, { $0.object == name }),
      !(admin.object(name)?.destroyedAt ?? .none).isAfter(command.reference)
    else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device answers EEXIST to CREATE of \(command.objectText), and none stands",
      command.evidence("driver creates the object"))
  }
}

extension RecordReference {
  /// Both are set, and this one came later.
  func isAfter(_ other: RecordReference) -> Bool { isSet && other.isSet && other < self }
}
