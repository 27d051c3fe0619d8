import Model
import VirtioSpec

/// What is listed for one group changes nothing for another.
///
/// Traps: each group may have a list of its own.
///
/// Spec: 2.12.1.5
struct DevGroupsIndependent: Rule {
  static let id = "admin.cmd.dev-groups-independent"
  var tally = Tally()
  /// Commands that the device took under the list in force.
  private var taken: [(group: UInt16, opcode: AdminOpcode, at: RecordReference)] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, result.doubt == nil,
      let admin = session.admin, let group = admin.group(result.command.groupType),
      let used = group.used, used.contains(result.command.opcode.rawValue),
      session.isListStable(for: result.command)
    else { return .silent }
    let opcode = result.command.opcode
    if result.isOK {
      taken.removeAll { $0.group == group.type && $0.opcode == opcode }
      if taken.count < 64 { taken.append((group.type, opcode, step.reference)) }
      return .held
    }
    guard result.isRefused(.invalidOpcode),
      let before = taken.first(where: { $0.group == group.type && $0.opcode == opcode }),
      group.usedAt < before.at,
      let other = admin.groups.first(where: { $0.type != group.type && $0.usedAt > before.at })
    else { return .silent }
    return .broken(
      "device answers \(result.command.name) with \(result.answer) since a LIST_USE for group"
        + " \(other.type)",
      Evidence(before.at, "device takes the same command"),
      Evidence(other.usedAt, "device takes a LIST_USE for group \(other.type)"))
  }
}
