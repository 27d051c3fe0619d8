import Model
import VirtioSpec

/// What a member's parts said of what never changes: its features, and the number of its queues.
struct MemberInvariants {
  /// By the part's type and selector: the value as it was returned last, and what a driver set since.
  private var known: [Key: Value] = [:]

  struct Key: Hashable {
    var member: UInt64
    var type: UInt16
    var offset: UInt32
  }

  struct Value {
    var returned: [UInt8]
    var returnedAt: RecordReference
    /// What a DEV_PARTS_SET that succeeded held otherwise.
    var set: [UInt8]?
    var setAt = RecordReference.none
  }

  subscript(_ part: AdminPart, of member: UInt64) -> Value? {
    get { known[Self.key(part, member)] }
    set {
      let key = Self.key(part, member)
      if known[key] != nil || known.count < 1024 { known[key] = newValue }
    }
  }

  private static func key(_ part: AdminPart, _ member: UInt64) -> Key {
    Key(member: member, type: part.type, offset: part.offset)
  }

  /// The part tells what a driver cannot change.
  static func takes(_ part: AdminPart, featuresOnly: Bool) -> Bool {
    if part.type == AdminPart.deviceFeatures { return true }
    return !featuresOnly && part.type == AdminPart.commonConfiguration
      && part.offset == UInt32(CommonConfigurationField.numQueues.offset)
  }

  /// The first bytes of a value, without the zeros at its end, which more words of features add.
  static func trimmed(_ value: [UInt8]) -> [UInt8] {
    let short = value.prefix(64)
    return Array(short.prefix((short.lastIndex { $0 != 0 } ?? -1) + 1))
  }
}

/// A device keeps what a driver cannot change.
///
/// Trap: a value that is the same before and after.
protocol PartsKept: AdminStatement {
  static var featuresOnly: Bool { get }
  var invariants: MemberInvariants { get set }
}

extension PartsKept {
  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    let command = result.command
    if command.opcode == .partsSet, result.isOK { note(command, result) }
    guard command.opcode == .partsGet, let parts = result.parts?.all else { return .silent }
    var judgement = Judgement.silent
    for part in parts where MemberInvariants.takes(part, featuresOnly: Self.featuresOnly) {
      let value = MemberInvariants.trimmed(part.value)
      if let old = invariants[part, of: command.member], let set = old.set {
        if value == set, value != old.returned {
          return .broken(
            "device returns \(part.title) of member \(command.member) as a driver set it, which it is "
              + "not to take over",
            Evidence(old.returnedAt, "the device had another value"),
            Evidence(old.setAt, "driver sets the part"))
        }
        judgement = .held
      }
      invariants[part, of: command.member] = MemberInvariants.Value(
        returned: value, returnedAt: result.reference)
    }
    return judgement
  }

  private mutating func note(_ command: AdminCommand, _ result: AdminResult) {
    for part in command.parts?.all ?? []
    where MemberInvariants.takes(part, featuresOnly: Self.featuresOnly) {
      let value = MemberInvariants.trimmed(part.value)
      guard var old = invariants[part, of: command.member], old.returned != value else { continue }
      old.set = value
      old.setAt = command.reference
      invariants[part, of: command.member] = old
    }
  }
}

/// Spec: 2.12.1.4.4.1. Trap: that the device compares is said without a keyword.
struct PartsDevNoSetDevFeatures: PartsKept {
  static let id = "admin.parts.dev-no-set-dev-features"
  static let featuresOnly = true
  var invariants = MemberInvariants()
}

/// Spec: 2.12.1.4.4.1
struct PartsDevNoApplyReadonly: PartsKept {
  static let id = "admin.parts.dev-no-apply-readonly"
  static let coveredBy = [PartsDevNoSetDevFeatures.id]
  static let featuresOnly = false
  var invariants = MemberInvariants()
}

/// A device checks what a driver cannot change.
///
/// Traps: which fields are fixed depends on the device, so that only features and the number of queues
/// are looked at; a part that is marked optional may be passed over.
///
/// Spec: 2.12.1.4.4.1
struct PartsDevVerifyReadonly: AdminStatement {
  static let id = "admin.parts.dev-verify-readonly"
  private var invariants = MemberInvariants()

  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    let command = result.command
    for part in result.parts?.all ?? [] where command.opcode == .partsGet {
      guard MemberInvariants.takes(part, featuresOnly: false) else { continue }
      invariants[part, of: command.member] = MemberInvariants.Value(
        returned: MemberInvariants.trimmed(part.value), returnedAt: result.reference)
    }
    guard command.opcode == .partsSet, let parts = command.parts?.all else { return .silent }
    var judgement = Judgement.silent
    for part in parts where MemberInvariants.takes(part, featuresOnly: false) {
      guard let known = invariants[part, of: command.member],
        known.returned != MemberInvariants.trimmed(part.value)
      else { continue }
      guard result.isOK else { return .held }
      guard !part.isOptional else {
        judgement = .undecidable(.causeNotRecorded)
        continue
      }
      return .broken(
        "device answers OK to DEV_PARTS_SET with another \(part.title) than member "
          + "\(command.member) has",
        Evidence(known.returnedAt, "the device returns its own"))
    }
    return judgement
  }
}
