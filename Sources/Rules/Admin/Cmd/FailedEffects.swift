import Model
import VirtioSpec

/// One statement that a command which failed in some way changed nothing.
protocol FailedEffectRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// The statement is about commands that end like this.
  static func concerns(_ status: AdminStatus) -> Bool
  static var seesObjects: Bool { get }
  static var seesLists: Bool { get }
}

extension FailedEffectRow {
  static var coveredBy: [String] { [] }
  static var seesObjects: Bool { true }
  static var seesLists: Bool { true }
}

/// The rule of such a row: a failed command shows its effect in what a later one is told.
///
/// An object that could not be destroyed is gone, one that could not be created is there, or the list
/// in force is not taken any more after a LIST_USE that failed.
///
/// Traps: while other commands are with the device, the effect may be theirs.
struct FailedEffectRule<Row: FailedEffectRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  var tally = Tally()
  private var failed: [Failure] = []

  private struct Failure {
    var deed: Deed
    var answer: String
    var at: RecordReference
  }

  private enum Deed: Equatable {
    case destroy(AdminObjectName)
    case create(AdminObjectName)
    case listUse(UInt16)
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, let admin = session.admin
    else { return .silent }
    guard result.doubt == nil else {
      failed.removeAll()
      return .silent
    }
    if let deed = Self.effect(result, session),
      let place = failed.firstIndex(where: { $0.deed == deed })
    {
      let failure = failed.remove(at: place)
      return .broken(
        "device answers \(result.command.name) with \(result.answer) as if"
          + " \(Self.name(failure.deed)) had succeeded, which it answered with \(failure.answer)",
        Evidence(failure.at, "device answers with \(failure.answer)"))
    }
    note(result, admin)
    return .silent
  }

  /// The failed command of which `result` shows an effect.
  private static func effect(_ result: AdminResult, _ session: Session) -> Deed? {
    let command = result.command
    if result.isRefused(.invalidOpcode) {
      guard session.isListStable(for: command),
        session.admin?.isLegal(command.opcode, command.groupType) == true
      else { return nil }
      return .listUse(command.groupType)
    }
    guard let name = command.object else { return nil }
    if command.opcode == .objectCreate { return result.status == .eexist ? .create(name) : nil }
    return result.status == .enxio && command.opcode.rawValue <= 0x0d ? .destroy(name) : nil
  }

  private static func name(_ deed: Deed) -> String {
    switch deed {
    case .destroy(let name): "RESOURCE_OBJ_DESTROY of object \(name.id)"
    case .create(let name): "RESOURCE_OBJ_CREATE of object \(name.id)"
    case .listUse: "LIST_USE"
    }
  }

  private static func deed(_ command: AdminCommand, _ admin: AdminState) -> Deed? {
    switch command.opcode {
    case .objectDestroy:
      guard let name = own(command, admin) else { return nil }
      return admin.object(name)?.isAlive == true ? .destroy(name) : nil
    case .objectCreate:
      guard let name = own(command, admin) else { return nil }
      return admin.object(name)?.isAlive == true ? nil : .create(name)
    case .listUse: return .listUse(command.groupType)
    default: return nil
    }
  }

  /// An object of the device itself: those of a member go with the member.
  private static func own(_ command: AdminCommand, _ admin: AdminState) -> AdminObjectName? {
    guard admin.areObjectsKnown, let name = command.object,
      name.groupType == AdminGroupType.own
    else { return nil }
    return name
  }

  private mutating func note(_ result: AdminResult, _ admin: AdminState) {
    let command = result.command
    if result.isOK {
      // The state is what it is by a command that succeeded.
      if let name = command.object { failed.removeAll { $0.deed == .create(name) } }
      if let name = command.object { failed.removeAll { $0.deed == .destroy(name) } }
      if command.opcode == .listUse {
        failed.removeAll { $0.deed == .listUse(command.groupType) }
      }
      return
    }
    // These two say themselves that the object is as the command was to make it.
    guard result.status != .eexist, result.status != .enxio,
      let deed = Self.deed(command, admin)
    else { return }
    failed.removeAll { $0.deed == deed }
    let isList = command.opcode == .listUse
    guard Row.concerns(result.status), isList ? Row.seesLists : Row.seesObjects,
      admin.inFlight.count <= 1, failed.count < 64
    else { return }
    failed.append(Failure(deed: deed, answer: result.answer, at: result.reference))
  }
}

/// EINVAL leaves the state of the device as it was.
///
/// Spec: 2.12.1.5
enum EinvalNoStateChange: FailedEffectRow {
  static let id = "admin.cmd.dev-einval-no-state-change"
  static let seesLists = false
  static func concerns(_ status: AdminStatus) -> Bool { status == .einval }
}

/// EINVAL has no side effect, on the list of legal commands in particular.
///
/// Spec: 2.12.1.5
enum EinvalNoSideEffect: FailedEffectRow {
  static let id = "admin.cmd.dev-einval-no-side-effect"
  static let seesObjects = false
  static func concerns(_ status: AdminStatus) -> Bool { status == .einval }
}

/// As far as possible no other failure changes anything, either.
///
/// Spec: 2.12.1.5
enum FailNoStateChange: FailedEffectRow {
  static let id = "admin.cmd.dev-fail-no-state-change"
  static func concerns(_ status: AdminStatus) -> Bool {
    status != .einval && status != .eagain && status != .enomem
  }
}

/// What may be tried again had no effect.
///
/// Spec: 2.13.1
enum EagainNoEffect: FailedEffectRow {
  static let id = "admin.vq.dev-eagain-no-effect"
  static func concerns(_ status: AdminStatus) -> Bool { status == .eagain || status == .enomem }
}
