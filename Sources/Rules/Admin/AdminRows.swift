import Model
import VirtioSpec

/// One statement about a single administration command, as it is made available.
protocol AdminCommandRow: Sendable {
  /// The id of the statement in the catalogue.
  static var id: String { get }
  static var coveredBy: [String] { get }
  static var needsWholeLife: Bool { get }
  /// `command` is one that the recording holds.
  static func judge(_ command: AdminCommand, in session: Session) -> Judgement
}

extension AdminCommandRow {
  static var coveredBy: [String] { [] }
  /// A command is right or wrong by itself unless the row says otherwise.
  static var needsWholeLife: Bool { false }
}

/// The rule of such a row.
struct AdminCommandRule<Row: AdminCommandRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { Row.needsWholeLife }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminCommand, let command = session.told.command else { return .silent }
    return command.isKnown ? Row.judge(command, in: session) : .undecidable(.payloadNotCaptured)
  }
}

/// One statement about the answer to an administration command.
protocol AdminResultRow: Sendable {
  /// The id of the statement in the catalogue.
  static var id: String { get }
  static var coveredBy: [String] { get }
  static var needsWholeLife: Bool { get }
  /// `result` is one that the recording holds, as the device wrote it.
  static func judge(_ result: AdminResult, in session: Session) -> Judgement
}

extension AdminResultRow {
  static var coveredBy: [String] { [] }
  /// An answer is right or wrong by itself unless the row says otherwise.
  static var needsWholeLife: Bool { false }
}

/// The rule of such a row.
struct AdminResultRule<Row: AdminResultRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { Row.needsWholeLife }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result else { return .silent }
    if let reason = result.doubt { return .undecidable(reason) }
    return Row.judge(result, in: session)
  }
}

extension AdminResult {
  /// Why nothing can be said of the result; nil where the recording holds it.
  var doubt: UndecidableReason? {
    if !isKnown { return .payloadNotCaptured }
    return isFound ? .memoryBetweenSnapshots : nil
  }

  /// `EINVAL/INVALID_OPCODE`
  var answer: String { qualifier == .ok ? status.name : "\(status.name)/\(qualifier.name)" }

  /// The device refused the command as `qualifier` says.
  func isRefused(_ qualifier: AdminQualifier) -> Bool {
    status == .einval && self.qualifier == qualifier
  }
}

extension AdminCommand {
  /// `DEV_MODE_SET for member 3 of group 1`
  var name: String {
    opcode.usesMember
      ? "\(opcode.name) for member \(member) of group \(groupType)"
      : "\(opcode.name) for group \(groupType)"
  }
}

extension AdminOpcode {
  /// The command is for one member of its group.
  var usesMember: Bool { (2...6).contains(rawValue) || (0x0a...0x11).contains(rawValue) }
}
