import Model
import VirtioSpec

/// Why a device has to refuse a command, by what the recording shows for certain.
///
/// A wrong group outweighs a wrong opcode, and that a wrong member.
///
/// Spec: 2.12.1.5
struct AdminRefusal {
  var qualifier: AdminQualifier
  /// "member 9 is beyond NumVFs 4"
  var why: String
  var evidence: Evidence
  /// The reason lies in the SR-IOV capability.
  var isSRIOV = false
}

extension Session {
  /// Why the device has to refuse `command`; nil where nothing is known that it has to.
  func refusal(of command: AdminCommand) -> AdminRefusal? {
    if let group = groupRefusal(of: command) { return group }
    guard let admin, isListStable(for: command) else { return nil }
    switch admin.isLegal(command.opcode, command.groupType) {
    case false:
      let usedAt = admin.group(command.groupType)?.usedAt ?? .none
      return AdminRefusal(
        qualifier: .invalidOpcode,
        why: usedAt.isSet
          ? "the last LIST_USE left it out" : "no LIST_USE named it since the reset",
        evidence: Evidence(usedAt, "the device took that LIST_USE"))
    case true: return memberRefusal(of: command)
    default: return nil
    }
  }

  private func groupRefusal(of command: AdminCommand) -> AdminRefusal? {
    if command.groupType == AdminGroupType.sriov, profile.hasSRIOV == .no {
      return AdminRefusal(
        qualifier: .invalidGroup, why: "the function has no SR-IOV capability",
        evidence: Evidence(.none, ""), isSRIOV: true)
    }
    if command.groupType == AdminGroupType.sriov, sriov.isEnabled == .no,
      sriov.enabledAt < command.reference
    {
      return AdminRefusal(
        qualifier: .invalidGroup, why: "VF Enable is clear",
        evidence: Evidence(sriov.enabledAt, "VF Enable is cleared"), isSRIOV: true)
    }
    guard command.opcode != .listQuery, let group = admin?.group(command.groupType),
      group.refusedAt.isSet, group.refusedAt < command.reference, sriov.enabledAt < group.refusedAt
    else { return nil }
    return AdminRefusal(
      qualifier: .invalidGroup, why: "the device said that it has no such group",
      evidence: Evidence(group.refusedAt, "the device refuses LIST_QUERY with INVALID_GROUP"))
  }

  private func memberRefusal(of command: AdminCommand) -> AdminRefusal? {
    guard command.opcode.usesMember else { return nil }
    let wrong: (String) -> AdminRefusal = {
      AdminRefusal(
        qualifier: .invalidMember, why: $0,
        evidence: Evidence(self.sriov.countAt, "NumVFs is set"),
        isSRIOV: command.groupType == AdminGroupType.sriov)
    }
    switch command.groupType {
    case AdminGroupType.own:
      return command.member == 0 ? nil : wrong("the self group has member 0 alone")
    case AdminGroupType.sriov:
      if command.member == 0 { return wrong("the first member of the group is 1") }
      guard sriov.count >= 0, sriov.countAt < command.reference,
        command.member > UInt64(sriov.count)
      else { return nil }
      return wrong("NumVFs is \(sriov.count)")
    default: return nil
    }
  }

  /// Which commands are legal did not change while `command` was with the device.
  func isListStable(for command: AdminCommand) -> Bool {
    guard let admin else { return true }
    if let group = admin.group(command.groupType), group.usedAt.isSet,
      group.usedAt > command.reference
    {
      return false
    }
    return !admin.inFlight.contains {
      $0.opcode == .listUse && $0.groupType == command.groupType
        && ($0.queue != command.queue || $0.id != command.id)
    }
  }

  /// The device may refuse a command of the SR-IOV group because there are no virtual functions.
  func mayLackGroup(_ command: AdminCommand) -> Bool {
    command.groupType == AdminGroupType.sriov && sriov.isEnabled != .yes
  }
}
