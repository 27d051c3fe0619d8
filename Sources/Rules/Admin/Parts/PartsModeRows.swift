import Model
import VirtioSpec

extension AdminState {
  /// Whether the member that `command` is for was stopped when the device took it; unknown where its
  /// mode changed meanwhile, or where a reset of the owner may have changed it.
  func isStopped(_ command: AdminCommand) -> Knowledge {
    guard
      isAlone(
        command,
        {
          $0.opcode == .modeSet && $0.groupType == command.groupType
            && $0.member == command.member
        })
    else { return .unknown }
    guard let member = member(command.groupType, command.member) else {
      return followsReset || unknown.isSet ? .unknown : .no
    }
    guard !member.modeAt.isAfter(command.reference) else { return .unknown }
    return !member.modeAt.isSet && followsReset ? .unknown : member.isStopped
  }

  /// The record that gave the member its mode.
  func modeEvidence(_ command: AdminCommand, _ text: String) -> Evidence {
    Evidence(member(command.groupType, command.member)?.modeAt ?? .none, text)
  }
}

/// Spec: 2.12.1.4.4.2
struct PartsDrvStopBeforeSet: AdminStatement {
  static let id = "admin.parts.drv-stop-before-set"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard command.opcode == .partsSet else { return .silent }
    switch admin.isStopped(command) {
    case .yes: return .held
    case .unknown: return .undecidable(.causeNotRecorded)
    case .no:
      return .broken(
        "driver sets parts of member \(command.member), which it has not stopped",
        admin.modeEvidence(command, "the member runs from here on"))
    }
  }
}

/// Spec: 2.12.1.4.4.1
struct PartsDevSetNeedsStop: AdminStatement {
  static let id = "admin.parts.dev-set-needs-stop"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard command.opcode == .partsSet else { return .silent }
    switch admin.isStopped(command) {
    case .yes: return .silent
    case .unknown: return .undecidable(.causeNotRecorded)
    case .no:
      guard result.isOK else { return .held }
      return .broken(
        "device answers OK to DEV_PARTS_SET of member \(command.member), which is not stopped",
        admin.modeEvidence(command, "the member runs from here on"))
    }
  }
}

/// A DEV_MODE_SET that asks for the mode that the member has.
///
/// Trap: what passes, such as a reset of the member that is still on.
protocol PartsModeAgain: AdminStatement {
  static var stops: Bool { get }
}

extension PartsModeAgain {
  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard command.opcode == .modeSet, let flags = command.modeFlags, flags & ~1 == 0,
      (flags == 1) == Self.stops
    else { return .silent }
    let isStopped = admin.isStopped(command)
    guard isStopped != .unknown else { return .undecidable(.causeNotRecorded) }
    guard (isStopped == .yes) == Self.stops else { return .silent }
    if result.isOK { return .held }
    guard !result.isTransient, result.qualifier != .invalidMember,
      result.qualifier != .invalidGroup, admin.isPlain(command),
      admin.member(command.groupType, command.member)?.modeAt.isSet == true
    else { return .undecidable(.causeNotRecorded) }
    let deed = Self.stops ? "stops" : "resumes"
    let mode = Self.stops ? "is stopped" : "runs"
    return .broken(
      "device answers \(result.text) to DEV_MODE_SET that \(deed) member \(command.member), which "
        + "\(mode) already",
      admin.modeEvidence(command, "the member \(mode) from here on"))
  }
}

/// Spec: 2.12.1.4.4.1
struct PartsDevStopIdempotent: PartsModeAgain {
  static let id = "admin.parts.dev-stop-idempotent"
  static let stops = true
}

/// Spec: 2.12.1.4.4.1
struct PartsDevResumeIdempotent: PartsModeAgain {
  static let id = "admin.parts.dev-resume-idempotent"
  static let stops = false
}
