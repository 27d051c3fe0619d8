import Model
import VirtioSpec

/// A MODIFY that failed changed nothing.
///
/// Traps: which number is MODIFY is said in two ways, but only MODIFY brings data; an object may
/// hold what changes by itself, so that only what was asked for in vain counts.
///
/// Spec: 2.12.1.3.5
struct ObjDevModifyFailNoEffect: AdminStatement {
  static let id = "admin.obj.dev-modify-fail-no-effect"
  private var failed: [AdminObjectName: (data: [UInt8], at: RecordReference)] = [:]

  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    let command = result.command
    guard command.opcode.isAmbiguous, let name = command.object, let object = admin.object(name)
    else { return .silent }
    if let wanted = command.objectData, !wanted.isEmpty {
      if result.isOK {
        failed[name] = nil
      } else if failed.count < 256 {
        failed[name] = (Array(wanted.prefix(1024)), result.reference)
      }
      return .silent
    }
    guard let data = result.objectData, let vain = failed[name], object.createdAt < vain.at
    else { return .silent }
    guard let before = object.data else { return .undecidable(.causeNotRecorded) }
    let count = min(data.count, vain.data.count, before.count)
    guard data.prefix(count) == vain.data.prefix(count),
      before.prefix(count) != vain.data.prefix(count)
    else { return .held }
    return .broken(
      "device returns for \(command.objectText) what a MODIFY that failed asked for",
      Evidence(vain.at, "device refuses the MODIFY"))
  }
}

/// A QUERY returns what the last CREATE or MODIFY gave.
///
/// Traps: which number is QUERY is said in two ways, but only QUERY returns data; an object of another
/// type may hold what changes by itself, so that only those of device parts are judged.
///
/// Spec: 2.12.1.3.5
struct ObjDevQueryMatches: AdminStatement {
  static let id = "admin.obj.dev-query-matches"
  static let coveredBy = [ObjDevModifyFailNoEffect.id]

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard let returned = result.objectData, command.objectData?.isEmpty == true,
      let name = command.object, name.type == AdminObjectName.deviceParts,
      let object = admin.object(name), object.isAlive, let data = object.data,
      object.changedAt < command.reference
    else { return .silent }
    let count = min(data.count, returned.count, 8)
    guard data.prefix(count) != returned.prefix(count) else { return .held }
    guard admin.isAlone(command, { $0.object == name && $0.opcode.isAmbiguous }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device returns other data for \(command.objectText) than it was made of",
      Evidence(object.changedAt, "the object got its data"))
  }
}

/// A reset ends all objects.
///
/// Trap: objects of members go with the reset of the owner, which is the device here.
///
/// Spec: 2.12.1.3.5
struct ObjDevResetDestroys: AdminStatement {
  static let id = "admin.obj.dev-reset-destroys"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard admin.followsReset, (0xa...0xd).contains(command.opcode.rawValue),
      let name = command.object, admin.object(name) == nil,
      let old = admin.earlierObjects.first(where: { $0.name == name })
    else { return .silent }
    let isCreate = command.opcode == .objectCreate
    guard isCreate ? result.status == .eexist : result.isOK else { return .held }
    guard !admin.unknown.isSet, admin.isAlone(command, { $0.object == name }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device answers \(result.text) to \(command.opcode.name) of \(command.objectText), which was "
        + "created before the reset",
      Evidence(old.at, "the object was created"))
  }
}
