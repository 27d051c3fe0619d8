import Model
import VirtioSpec

/// Where an access to a member's legacy common configuration goes, as far as its length is certain.
///
/// The length of an access is that of its data. Both parts of a command are multiples of 8 bytes,
/// so that an access of fewer bytes is padded, and its length then does not show.
private enum LegacyExtent {
  case outside
  case crosses
  case inField
  case unknown

  init(_ command: AdminCommand) {
    guard let first = command.legacyOffset.map(Int.init) else {
      self = .unknown
      return
    }
    if first >= PCIConstants.legacyConfigOffsetWithMSIX {
      self = .outside
      return
    }
    guard let (field, byte) = LegacyHeaderField.covering(first) else {
      self = .unknown
      return
    }
    let isWrite = command.opcode == .legacyCommonWrite
    let part = isWrite ? command.readableLength : command.writableLength
    let head: UInt64 = isWrite ? 32 : 8
    guard part > head, part != .max else {
      self = .unknown
      return
    }
    let length = part - head
    let isPadded = part % 8 == 0
    if UInt64(byte) &+ length <= UInt64(field.width) {
      self = .inField
    } else {
      // Eight bytes may be one and padding; the vectors are there with MSI-X alone.
      self = isPadded && length <= 8 || isPadded && !isWrite ? .unknown : .crosses
    }
  }

  /// What the access does, behind "… at offset 18, which "; nil where it is right.
  var text: String? {
    switch self {
    case .outside: "lies outside of the legacy common configuration"
    case .crosses: "goes beyond one field"
    case .inField, .unknown: nil
    }
  }
}

private func isCommon(_ opcode: AdminOpcode) -> Bool {
  opcode == .legacyCommonRead || opcode == .legacyCommonWrite
}

/// A driver reaches one field at a time.
///
/// Traps: the two vectors are there while MSI-X is enabled; data may be padded.
///
/// Spec: 2.12.1.1.7
enum LegacyCommonSingleField: AdminCommandRow {
  static let id = "admin.legacy.drv-common-single-field"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard isCommon(command.opcode) else { return .silent }
    let extent = LegacyExtent(command)
    guard let text = extent.text else {
      return extent == .inField ? .held : .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver sends \(command.name) at offset \(command.legacyOffset ?? 0), which \(text)")
  }
}

/// A device fails an access that is not within one field.
///
/// Traps: whether the vectors are there is the member's matter; data may be padded; a result that
/// was found in memory later may be another's.
///
/// Spec: 2.12.1.1.6
enum LegacyFailBadCommonOffset: AdminResultRow {
  static let id = "admin.legacy.dev-fail-bad-common-offset"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    let command = result.command
    guard isCommon(command.opcode) else { return .silent }
    guard let text = LegacyExtent(command).text else { return .silent }
    if !result.isOK { return .held }
    return .broken(
      "device answers \(command.name) at offset \(command.legacyOffset ?? 0) with OK, which \(text)",
      Evidence(command.reference, "driver sends the command"))
  }
}

/// What is written to a field of the legacy common configuration stands there.
///
/// Queue Select alone is looked at: all others change by themselves, do something when they are
/// written, or may be refused.
///
/// Traps: another command may have written in between.
///
/// Spec: 2.12.1.1.6
struct LegacyCommonWriteEffect: Rule {
  static let id = "admin.legacy.dev-common-write-effect"
  var tally = Tally()
  private var selected: [(member: UInt64, value: UInt16, at: RecordReference)] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result else { return .silent }
    guard result.doubt == nil else {
      selected.removeAll()
      return .silent
    }
    let command = result.command
    if command.opcode == .legacyCommonWrite { return note(result, session) }
    guard command.opcode == .legacyCommonRead,
      command.legacyOffset == UInt8(LegacyHeaderField.queueSelect.offset), result.isOK,
      let data = result.legacyData, data.count >= 2,
      let written = selected.first(where: { $0.member == command.member }),
      written.at < command.reference
    else { return .silent }
    let value = UInt16(data[0]) | UInt16(data[1]) << 8
    if value == written.value { return .held }
    return .broken(
      "device returns Queue Select \(value) of member \(command.member), which the driver set to"
        + " \(written.value)",
      Evidence(written.at, "device answers the write with OK"))
  }

  private mutating func note(_ result: AdminResult, _ session: Session) -> Judgement {
    let command = result.command
    guard let offset = command.legacyOffset, let data = command.legacyData else {
      selected.removeAll { $0.member == command.member }
      return .silent
    }
    // A reset of the member, and any write that touches the field, begin anew.
    let field = UInt8(LegacyHeaderField.queueSelect.offset)
    let isStatus = offset == UInt8(LegacyHeaderField.deviceStatus.offset)
    if isStatus || offset <= field + 1 { selected.removeAll { $0.member == command.member } }
    let isAlone = session.admin?.inFlight.count ?? 0 <= 1
    if offset == field, data.count >= 2, result.isOK, isAlone, selected.count < 64 {
      selected.append((command.member, UInt16(data[0]) | UInt16(data[1]) << 8, result.reference))
    }
    return .silent
  }
}
