import Model
import VirtioSpec

/// The opcodes that a device lists for the SR-IOV group.
private func sriovList(_ result: AdminResult) -> AdminBitmap? {
  guard result.command.groupType == AdminGroupType.sriov else { return nil }
  return result.opcodes
}

/// The four commands that reach into a member's legacy interface.
private let accesses: ClosedRange<UInt16> = 2...5

/// LEGACY_NOTIFY_INFO.
private let notifyInfo: UInt16 = 6

/// A device has all four accesses to the legacy interface of its members, or none.
///
/// Traps: a driver may have kept a list of an earlier life, which is not in the recording.
///
/// Spec: 2.12.1.1.6
enum LegacyAllOrNone: AdminResultRow {
  static let id = "admin.legacy.dev-all-or-none"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let list = sriovList(result) else { return .silent }
    let count = accesses.count(where: list.contains)
    if count == 0 || count == accesses.count { return .held }
    return .broken(
      "device lists opcodes \(list.text) for group 1, \(count) of the four legacy accesses")
  }
}

/// Whoever tells where to notify has the four accesses, too.
///
/// Spec: 2.12.1.1.6
enum LegacyNotifyNeedsAllFour: AdminResultRow {
  static let id = "admin.legacy.dev-notify-needs-all-four"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let list = sriovList(result), list.contains(notifyInfo) else { return .silent }
    if accesses.allSatisfy(list.contains) { return .held }
    return .broken(
      "device lists opcodes \(list.text) for group 1, LEGACY_NOTIFY_INFO without the four legacy"
        + " accesses")
  }
}

/// A statement about a function whose device has all five legacy commands.
private func judgeIdentity(
  _ result: AdminResult, _ session: Session, _ body: (PCIIdentity) -> Judgement
) -> Judgement {
  guard let list = sriovList(result), accesses.allSatisfy(list.contains),
    list.contains(notifyInfo)
  else { return .silent }
  guard let identity = session.layout.identity else {
    return .undecidable(.topologyNotRecorded)
  }
  return body(identity)
}

/// Such a function has the revision and the subsystem id of a device without a legacy interface.
///
/// Traps: the ids of the members are other functions'.
///
/// Spec: 2.12.1.1.6
enum LegacyNontransitionalIDs: AdminResultRow {
  static let id = "admin.legacy.dev-nontransitional-ids"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    judgeIdentity(result, session) { identity in
      let at = Evidence(session.layout.identityAt, "configuration space says so")
      if let revision = identity.revision, revision == 0 {
        return .broken(
          "device lists all legacy commands for group 1, and has revision 0x00", at)
      }
      if let subsystem = identity.subsystemDevice, subsystem < 0x40 {
        return .broken(
          "device lists all legacy commands for group 1, and has subsystem id"
            + " \(hex(subsystem, digits: 4))", at)
      }
      return identity.revision != nil && identity.subsystemDevice != nil
        ? .held : .undecidable(.topologyNotRecorded)
    }
  }
}

/// Such a function has a device id that legacy drivers do not know.
///
/// Spec: 2.12.1.1.6
enum LegacyNontransitionalDeviceID: AdminResultRow {
  static let id = "admin.legacy.dev-nontransitional-devid"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    judgeIdentity(result, session) { identity in
      if PCIConstants.modernDeviceIDs.contains(identity.device) { return .held }
      return .broken(
        "device lists all legacy commands for group 1, and has device id"
          + " \(hex(identity.device, digits: 4))",
        Evidence(session.layout.identityAt, "configuration space says so"))
    }
  }
}

/// VF BAR0 of such a function is hardwired to zero: legacy drivers look for theirs in BAR 0.
///
/// Traps: a register that was never read may be anything.
///
/// Spec: 2.12.1.1.6
struct LegacyVFBar0Zero: Rule {
  static let id = "admin.legacy.dev-vf-bar0-zero"
  static let needsWholeLife = false
  var tally = Tally()
  private var listedAt = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .adminResult {
      guard let result = session.told.result, result.doubt == nil, let list = sriovList(result),
        list.contains(notifyInfo)
      else { return .silent }
      if !listedAt.isSet { listedAt = step.reference }
      if session.sriov.hasFirstBAR {
        return .broken(
          "device lists LEGACY_NOTIFY_INFO for group 1, and its VF BAR0 is not zero",
          Evidence(session.sriov.firstBARRead, "VF BAR0 is read"))
      }
      return session.sriov.firstBARRead.isSet ? .held : .undecidable(.topologyNotRecorded)
    }
    guard step.kind == .readVFBar0, step.hasValue, step.value != 0, listedAt.isSet
    else { return .silent }
    return .broken(
      "device has a VF BAR0 that reads \(hex(step.value, digits: 8)), and lists LEGACY_NOTIFY_INFO",
      Evidence(listedAt, "device lists LEGACY_NOTIFY_INFO for group 1"))
  }
}
