import Model
import VirtioSpec

/// A driver sends nothing but the list commands before a LIST_USE for the group succeeded.
///
/// Traps: a reset begins it all anew; a recording that starts mid-life does not show what was listed.
///
/// Spec: 2.12.1.6
enum DrvListUseFirst: AdminCommandRow {
  static let id = "admin.cmd.drv-list-use-first"
  static let needsWholeLife = true

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard !command.opcode.isList else { return .silent }
    guard session.admin?.unknown.isSet != true else { return .undecidable(.payloadNotCaptured) }
    let group = session.admin?.group(command.groupType)
    if group?.used != nil { return .held }
    return .broken(
      "driver sends \(command.name) before a LIST_USE for group \(command.groupType) succeeded")
  }
}

/// A driver sends no command that its LIST_USE left out.
///
/// Traps: a recording that starts mid-life does not show what was listed.
///
/// Spec: 2.12.1.6
enum DrvNoCommandBeforeListUse: AdminCommandRow {
  static let id = "admin.cmd.drv-no-cmd-before-list-use"
  static let needsWholeLife = true

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard !command.opcode.isList, let group = session.admin?.group(command.groupType),
      group.isUsedKnown, let used = group.used
    else { return .silent }
    if used.contains(command.opcode.rawValue) { return .held }
    return .broken(
      "driver sends \(command.name), which its LIST_USE of \(used.text) left out",
      Evidence(group.usedAt, "device takes LIST_USE of \(used.text)"))
  }
}

/// A driver uses no command that the device did not list for the same group.
///
/// Traps: a driver may have asked in an earlier life, before the recording began.
///
/// Spec: 2.12.1.6
enum DrvListUseSubset: AdminCommandRow {
  static let id = "admin.cmd.drv-list-use-subset"
  static let needsWholeLife = true

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard command.opcode == .listUse else { return .silent }
    guard let list = command.opcodes else { return .undecidable(.payloadNotCaptured) }
    let group = session.admin?.group(command.groupType)
    guard let group, group.lastReportedAt.isSet else {
      return list.isEmpty ? .held : .undecidable(.startsMidLife)
    }
    let extra = list.subtracting(group.everReported)
    if extra.isEmpty { return .held }
    return .broken(
      "driver sends LIST_USE of \(list.text) for group \(group.type), of which the device lists"
        + " \(group.everReported.text)",
      Evidence(group.lastReportedAt, "device lists the opcodes of the group"))
  }
}

/// A driver addresses virtual functions by 1 to NumVFs.
///
/// Traps: the list commands have no member; NumVFs may not be recorded.
///
/// Spec: 2.12.1.6
enum DrvSRIOVMemberRange: AdminCommandRow {
  static let id = "admin.cmd.drv-sriov-member-range"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard command.groupType == AdminGroupType.sriov, command.opcode.usesMember
    else { return .silent }
    if command.member == 0 {
      return .broken("driver sends \(command.name), whose first member is 1")
    }
    guard session.sriov.count >= 0 else { return .undecidable(.topologyNotRecorded) }
    if command.member <= UInt64(session.sriov.count) { return .held }
    return .broken(
      "driver sends \(command.name), which has \(session.sriov.count) members",
      Evidence(session.sriov.countAt, "NumVFs is set to \(session.sriov.count)"))
  }
}

/// Reserved fields of a command are zero, and so is the member of a command that is for the group.
///
/// Spec: 2.12.1
enum DrvReservedZero: AdminCommandRow {
  static let id = "admin.cmd.drv-reserved-zero"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    if !command.isReservedZero {
      return .broken("driver sends \(command.name) with reserved bytes that are not zero")
    }
    let isForGroup = command.opcode.isDefined && !command.opcode.usesMember
    if isForGroup, command.member != 0 {
      return .broken(
        "driver sends \(command.name) with group_member_id \(command.member), which it does not use"
      )
    }
    return .held
  }
}

/// The self group has one member, 0.
///
/// Spec: 2.12.1
enum DrvSelfMemberZero: AdminCommandRow {
  static let id = "admin.cmd.drv-self-member-zero"
  static let coveredBy = ["admin.cmd.drv-reserved-zero"]

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard command.groupType == AdminGroupType.own else { return .silent }
    if command.member == 0 { return .held }
    return .broken("driver sends \(command.name) with group_member_id \(command.member)")
  }
}

/// A driver uses the groups that there are.
///
/// Traps: a newer specification has more; a driver may ask by LIST_QUERY whether a group is there. A
/// group that the device refused is one for neither.
///
/// Spec: 2.12.1
enum DrvGroupTypeKnown: AdminCommandRow {
  static let id = "admin.cmd.drv-group-type-known"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard command.groupType > AdminGroupType.sriov else { return .held }
    guard command.opcode != .listQuery else { return .silent }
    guard let group = session.admin?.group(command.groupType), group.refusedAt.isSet else {
      return .undecidable(.newerSpecification)
    }
    return .broken(
      "driver sends \(command.name), which the device said it does not have",
      Evidence(group.refusedAt, "device refuses LIST_QUERY with INVALID_GROUP"))
  }
}
