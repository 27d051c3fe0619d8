import Model
import VirtioSpec

/// The list of places for notifications ends before the last entry.
///
/// Traps: a buffer without room for four entries cuts the list off.
///
/// Spec: 2.12.1.1.6
enum LegacyNotifyLastEntryZero: AdminResultRow {
  static let id = "admin.legacy.dev-notify-last-entry-zero"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let entries = result.notifyEntries, entries.count == AdminNotifyEntry.count,
      let last = entries.last
    else { return .silent }
    if last.flags == 0 { return .held }
    return .broken(
      "device returns a last entry for \(result.command.name) whose flags are \(last.flags)")
  }
}

/// The entries before the first one whose flags are 0, of those that name a place.
private func valid(_ result: AdminResult) -> [AdminNotifyEntry]? {
  result.notifyEntries?.prefix { $0.flags != 0 }.filter { $0.flags == 1 || $0.flags == 2 }
}

/// An entry names a BAR that is there.
///
/// Traps: BARs of a member stand in the owner's SR-IOV capability, and not in its own BARs.
///
/// Spec: 2.12.1.1.6
enum LegacyNotifyBarNonzero: AdminResultRow {
  static let id = "admin.legacy.dev-notify-bar-nonzero"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let entries = valid(result), !entries.isEmpty else { return .silent }
    var isSure = true
    for entry in entries {
      if entry.bar == 0 || entry.bar > 5 {
        return .broken(
          "device returns an entry for \(result.command.name) in BAR \(entry.bar)")
      }
      let bar = entry.flags == 1 ? session.layout.bar(Int(entry.bar)) : nil
      if let bar, bar.kind == .none, !isUpperHalf(entry.bar, session) {
        return .broken(
          "device returns an entry for \(result.command.name) in BAR \(entry.bar), which it does not"
            + " have")
      }
      isSure = isSure && bar != nil
    }
    return isSure ? .held : .undecidable(.topologyNotRecorded)
  }

  /// The register is the second one of a BAR of 64 bits, which no number names.
  private static func isUpperHalf(_ bar: UInt8, _ session: Session) -> Bool {
    bar > 0 && session.layout.bar(Int(bar) - 1)?.kind == .memory64
  }
}

/// A place for notifications is aligned to their two bytes.
///
/// Spec: 2.12.1.1.6
enum LegacyNotifyOffsetAligned: AdminResultRow {
  static let id = "admin.legacy.dev-notify-offset-aligned"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let entries = valid(result), !entries.isEmpty else { return .silent }
    guard let odd = entries.first(where: { $0.offset & 1 != 0 }) else { return .held }
    return .broken(
      "device returns an entry for \(result.command.name) at offset \(hex(odd.offset))")
  }
}

/// A driver that was told where to notify does so there, and not by command.
///
/// Traps: a BAR that the driver could not map; entries of a member's BAR, of which the owner's
/// records tell nothing.
///
/// Spec: 2.12.1.1.7
enum LegacyUseNotifyAddress: AdminCommandRow {
  static let id = "admin.legacy.drv-use-notify-address"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard command.opcode == .legacyCommonWrite,
      command.legacyOffset == UInt8(LegacyHeaderField.queueNotify.offset),
      let member = session.admin?.member(command.groupType, command.member),
      let entries = member.notifyEntries?.prefix(while: { $0.flags != 0 }), !entries.isEmpty
    else { return .silent }
    let isMapped = entries.contains {
      $0.flags == 1 && $0.offset & 1 == 0
        && session.layout.bar(Int($0.bar)).map { $0.kind != .none } == true
    }
    guard isMapped else { return .undecidable(.topologyNotRecorded) }
    return .broken(
      "driver notifies member \(command.member) of group \(command.groupType) by"
        + " LEGACY_COMMON_CFG_WRITE, and was told an address for it",
      Evidence(member.notifyAt, "device answers LEGACY_NOTIFY_INFO"))
  }
}
