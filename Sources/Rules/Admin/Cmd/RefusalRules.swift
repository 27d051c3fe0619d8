import Model
import VirtioSpec

/// What a command that the device has to refuse is answered with, as one statement sees it.
private func verdict(
  _ result: AdminResult, _ refusal: AdminRefusal, isKept: Bool
) -> Judgement {
  if isKept { return .held }
  return .broken(
    "device answers \(result.command.name) with \(result.answer), though \(refusal.why)",
    Evidence(result.command.reference, "driver sends the command"), refusal.evidence)
}

extension Session {
  /// The refusal that is due, unless the device gave another reason that it may have.
  fileprivate func dueRefusal(_ result: AdminResult) -> AdminRefusal? {
    guard let refusal = refusal(of: result.command) else { return nil }
    // Not to have the group goes before the rest.
    if refusal.qualifier != .invalidGroup, result.isRefused(.invalidGroup),
      mayLackGroup(result.command)
    {
      return nil
    }
    return refusal
  }
}

/// A device checks opcode, group and member of a command, and reports a wrong one as EINVAL.
///
/// Traps: groups and opcodes of a newer specification are no wrong ones by their number.
///
/// Spec: 2.12.1.5
enum DevValidate: AdminResultRow {
  static let id = "admin.cmd.dev-validate"
  static let coveredBy = [
    "admin.cmd.dev-fail-unlisted", "admin.cmd.dev-check-against-list",
    "admin.cmd.dev-initial-list", "admin.cmd.dev-sriov-no-cap",
    "admin.cmd.dev-sriov-member-range",
  ]
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let refusal = session.dueRefusal(result) else { return .silent }
    return verdict(result, refusal, isKept: result.status == .einval)
  }
}

/// Which qualifier goes with which mistake.
protocol QualifierRow: AdminResultRow {
  static var qualifier: AdminQualifier { get }
}

extension QualifierRow {
  static var needsWholeLife: Bool { true }

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard result.status == .einval, let refusal = session.dueRefusal(result),
      refusal.qualifier == qualifier
    else { return .silent }
    return verdict(result, refusal, isKept: result.qualifier == qualifier)
  }
}

/// A wrong group is qualified as INVALID_GROUP, whatever else is wrong.
enum DevQInvalidGroup: QualifierRow {
  static let id = "admin.cmd.dev-q-invalid-group"
  static let coveredBy = ["admin.cmd.dev-sriov-no-cap"]
  static var qualifier: AdminQualifier { .invalidGroup }
}

/// A wrong opcode for a group that is right is qualified as INVALID_OPCODE.
enum DevQInvalidOpcode: QualifierRow {
  static let id = "admin.cmd.dev-q-invalid-opcode"
  static let coveredBy = ["admin.cmd.dev-fail-unlisted"]
  static var qualifier: AdminQualifier { .invalidOpcode }
}

/// A wrong member, where all else is right, is qualified as INVALID_MEMBER.
enum DevQInvalidMember: QualifierRow {
  static let id = "admin.cmd.dev-q-invalid-member"
  static let coveredBy = ["admin.cmd.dev-sriov-member-range"]
  static var qualifier: AdminQualifier { .invalidMember }
}

/// After a reset LIST_QUERY and LIST_USE alone are legal, until a LIST_USE succeeds.
///
/// Spec: 2.12.1.5
enum DevInitialList: AdminResultRow {
  static let id = "admin.cmd.dev-initial-list"
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let refusal = session.refusal(of: result.command), refusal.qualifier == .invalidOpcode,
      session.admin?.group(result.command.groupType)?.used == nil
    else { return .silent }
    return verdict(result, refusal, isKept: !result.isOK)
  }
}

/// A device takes no command that the last LIST_USE of the group left out.
///
/// Traps: a command that was with the device while a LIST_USE was there too may have come before it.
///
/// Spec: 2.12.1.5
enum DevCheckAgainstList: AdminResultRow {
  static let id = "admin.cmd.dev-check-against-list"
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let refusal = session.refusal(of: result.command), refusal.qualifier == .invalidOpcode,
      session.admin?.group(result.command.groupType)?.used != nil
    else { return .silent }
    return verdict(result, refusal, isKept: !result.isOK)
  }
}

/// A command outside the list fails with EINVAL and INVALID_OPCODE, and with nothing else.
///
/// Traps: a wrong group goes before.
///
/// Spec: 2.12.1.5
enum DevFailUnlisted: AdminResultRow {
  static let id = "admin.cmd.dev-fail-unlisted"
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard !result.isOK, let refusal = session.dueRefusal(result),
      refusal.qualifier == .invalidOpcode
    else { return .silent }
    return verdict(result, refusal, isKept: result.isRefused(.invalidOpcode))
  }
}

/// Without an SR-IOV capability, or with VF Enable clear, there is no SR-IOV group.
///
/// Traps: VF Enable counts where it was seen to be cleared, not where nothing is known of it.
///
/// Spec: 2.12.1.5
enum DevSRIOVNoCap: AdminResultRow {
  static let id = "admin.cmd.dev-sriov-no-cap"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard result.command.groupType == AdminGroupType.sriov else { return .silent }
    guard let refusal = session.refusal(of: result.command), refusal.isSRIOV,
      refusal.qualifier == .invalidGroup
    else {
      return session.sriov.isEnabled == .yes ? .silent : .undecidable(.topologyNotRecorded)
    }
    return verdict(result, refusal, isKept: result.isRefused(.invalidGroup))
  }
}

/// A command for a virtual function that is not there fails with EINVAL and INVALID_MEMBER.
///
/// Traps: the list commands carry member 0 by their own definition.
///
/// Spec: 2.12.1.5
enum DevSRIOVMemberRange: AdminResultRow {
  static let id = "admin.cmd.dev-sriov-member-range"
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    let command = result.command
    guard command.groupType == AdminGroupType.sriov, command.opcode.usesMember
    else { return .silent }
    guard let refusal = session.dueRefusal(result), refusal.qualifier == .invalidMember else {
      return session.sriov.count >= 0 || command.member == 0
        ? .silent : .undecidable(.topologyNotRecorded)
    }
    return verdict(result, refusal, isKept: result.isRefused(.invalidMember))
  }
}
