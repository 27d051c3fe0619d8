import Model
import VirtioSpec

/// LIST_QUERY always tells of itself and of LIST_USE.
///
/// Traps: a buffer without room for a word holds no list.
///
/// Spec: 2.12.1
enum DevListCommandsAlwaysListed: AdminResultRow {
  static let id = "admin.cmd.dev-list-cmds-always-listed"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard result.command.opcode == .listQuery, result.isOK, result.command.writableLength >= 16,
      let list = result.opcodes
    else { return .silent }
    if list.contains(0), list.contains(1) { return .held }
    return .broken(
      "device lists opcodes \(list.text) for group \(result.command.groupType), without LIST_QUERY"
        + " and LIST_USE")
  }
}

/// The list of supported commands does not shrink.
///
/// Traps: across a reset of the device its firmware may have been changed; another group has another
/// list.
///
/// Spec: 2.12.1.5
private func shrinks(_ result: AdminResult, _ session: Session) -> Judgement {
  guard let list = result.opcodes,
    let group = session.admin?.group(result.command.groupType), let old = group.reported
  else { return .silent }
  if old.subtracting(list).isEmpty { return .held }
  // The device may have been reset in the part that was lost, with other firmware since.
  if session.gap.isSet { return .undecidable(.eventsLost) }
  return .broken(
    "device lists opcodes \(list.text) for group \(group.type), and listed \(old.text) before",
    Evidence(group.reportedAt, "device lists \(old.text)"))
}

enum DevListNoShrink: AdminResultRow {
  static let id = "admin.cmd.dev-list-no-shrink"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    shrinks(result, session)
  }
}

/// The same statement in other words, of the same sentence.
enum DevNoLaterUnsupported: AdminResultRow {
  static let id = "admin.cmd.dev-no-later-unsupported"
  static let coveredBy = ["admin.cmd.dev-list-no-shrink"]

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    shrinks(result, session)
  }
}

/// A list that the device took before a reset, it takes after it.
private func refusesOldList(
  _ result: AdminResult, _ session: Session, isBroken: (AdminResult) -> Bool
) -> Judgement {
  guard let list = result.command.opcodes,
    let group = session.admin?.group(result.command.groupType),
    let old = group.earlier.last(where: { $0.list == list })
  else { return .silent }
  if result.isOK { return .held }
  // Other firmware would show itself in another list.
  guard let reported = group.reported, list.subtracting(reported).isEmpty else {
    return .undecidable(.causeNotRecorded)
  }
  guard isBroken(result) else { return .silent }
  return .broken(
    "device answers LIST_USE of \(list.text) for group \(group.type) with \(result.answer), and took"
      + " the same list before the reset",
    Evidence(old.at, "device takes the list"),
    Evidence(group.reportedAt, "device lists the opcodes"))
}

/// Traps: other firmware may know other commands; a device that is busy for a moment says so.
///
/// Spec: 2.12.1.5
enum DevListUseAfterReset: AdminResultRow {
  static let id = "admin.cmd.dev-list-use-after-reset"
  static let coveredBy = ["admin.cmd.dev-list-use-not-solely"]
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    refusesOldList(result, session) {
      $0.status != .eagain && $0.status != .enomem && $0.status != .ebusy
        && !$0.isRefused(.invalidGroup)
    }
  }
}

/// Traps: the reason of a failure is the list where the device says that a field is wrong, because
/// the list is the only one.
///
/// Spec: 2.12.1.5
enum DevListUseNotSolely: AdminResultRow {
  static let id = "admin.cmd.dev-list-use-not-solely"
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    refusesOldList(result, session) { $0.isRefused(.invalidField) }
  }
}

/// A successful LIST_USE puts its list into force: what it names is taken.
///
/// Traps: a command that was with the device while a LIST_USE was there too may have come before it.
///
/// Spec: 2.12.1.5
enum DevListUseReplaces: AdminResultRow {
  static let id = "admin.cmd.dev-list-use-replaces"
  static let coveredBy = [
    "admin.cmd.dev-groups-independent", "admin.cmd.dev-einval-no-side-effect",
  ]
  static let needsWholeLife = true

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let group = session.admin?.group(result.command.groupType), let used = group.used,
      group.isUsedKnown, used.contains(result.command.opcode.rawValue),
      session.isListStable(for: result.command)
    else { return .silent }
    if !result.isRefused(.invalidOpcode) { return .held }
    return .broken(
      "device answers \(result.command.name) with \(result.answer), though the last LIST_USE named"
        + " it",
      Evidence(group.usedAt, "device takes LIST_USE of \(used.text)"))
  }
}
