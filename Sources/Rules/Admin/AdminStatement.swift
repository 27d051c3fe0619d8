import Model
import VirtioSpec

/// One statement about capabilities, resource objects or device parts, which sees commands as they
/// are made available and results as they come.
protocol AdminStatement: Sendable {
  /// The id of the statement in the catalogue.
  static var id: String { get }
  static var coveredBy: [String] { get }
  init()
  /// `command` is one that the recording holds; `admin` is as it was before.
  mutating func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement
  /// `result` is one that the recording holds; `admin` is as it was before.
  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement
}

extension AdminStatement {
  static var coveredBy: [String] { [] }

  mutating func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement { .silent }

  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement { .silent }
}

/// The rule of such a statement.
struct AdminStatementRule<Statement: AdminStatement>: Rule {
  static var id: String { Statement.id }
  static var coveredBy: [String] { Statement.coveredBy }
  var tally = Tally()
  private var statement = Statement()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let admin = session.admin ?? AdminState()
    switch step.kind {
    case .adminCommand:
      guard let command = session.told.command, command.isKnown else {
        return .undecidable(.payloadNotCaptured)
      }
      return statement.judge(command, admin, session)
    case .adminResult:
      guard let result = session.told.result, result.isKnown else {
        return .undecidable(.payloadNotCaptured)
      }
      guard !result.isFound else { return .undecidable(.memoryBetweenSnapshots) }
      return statement.judge(result, admin, session)
    default: return .silent
    }
  }
}

/// What statements ask of commands and of what is known of the administration.
extension AdminState {
  /// Nothing but the statement itself gives the device a reason to refuse `command`: it is whole,
  /// its reserved bytes are zero, and the device takes its opcode.
  func isPlain(_ command: AdminCommand) -> Bool {
    command.isWhole && command.isReservedZero
      && isLegal(command.opcode, command.groupType) == true
  }

  /// No other command is with the device that `matters`, or is not known.
  func isAlone(_ command: AdminCommand, _ matters: (AdminCommand) -> Bool) -> Bool {
    !inFlight.contains {
      ($0.queue != command.queue || $0.id != command.id) && (!$0.isKnown || matters($0))
    }
  }

  /// Objects that stand now, with those of `kind` alone where an object of device parts has one; nil
  /// where that is not known.
  func living(_ limit: CapabilityLimit) -> [AdminObject]? {
    guard areObjectsKnown else { return nil }
    var result: [AdminObject] = []
    for object in objects where object.isAlive && object.name.type == limit.object {
      guard let kind = limit.kind else {
        result.append(object)
        continue
      }
      guard let first = object.data?.first else { return nil }
      if first == kind { result.append(object) }
    }
    return result
  }
}

extension AdminCommand {
  /// `object 3 of type 0x0`.
  var objectText: String {
    object.map { "object \($0.id) of type \(hex($0.type))" } ?? "an object"
  }

  /// Whether the command makes or ends objects, or sets what they are limited by.
  var changesObjects: Bool {
    opcode == .objectCreate || opcode == .objectDestroy || opcode == .driverCapabilitySet
  }

  /// The command as evidence.
  func evidence(_ text: String) -> Evidence { Evidence(reference, text) }
}

extension AdminResult {
  /// The device may do later what it did not do now.
  var isTransient: Bool {
    status == .eagain || status == .enomem || status == .ebusy || qualifier == .tryAgain
  }

  /// `EINVAL/INVALID_FIELD`.
  var text: String { qualifier == .ok ? status.name : "\(status.name)/\(qualifier.name)" }
}
