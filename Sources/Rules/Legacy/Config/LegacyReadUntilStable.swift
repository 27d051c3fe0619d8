import Model
import VirtioSpec

/// Through the legacy interface a driver reads capacity or mac until two reads agree.
///
/// Judged when the two reads of a driver differ and no third follows. Traps: one access that covers the
/// field; a device that cannot change it at that time; so a driver that reads once is not blamed.
///
/// Spec: 2.5.4
struct LegacyReadUntilStable: Rule {
  static let id = "legacy.config.read-until-stable"
  var tally = Tally()
  /// The bytes of the last two whole reads of the field, and the read under way.
  private var current: [UInt64] = []
  private var last: [UInt64] = []
  private var difference = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCertainlyLegacy, session.profile.transport != .ccw else { return .silent }
    if step.kind == .writeStatus || step.kind == .kick { return goOn(step) }
    guard step.kind == .readConfig, step.hasValue, let type = session.profile.type,
      let found = type.configField(at: Int(step.index)),
      found.field.name == (type.name == "net" ? "mac" : "capacity"),
      type.name == "net" || type.name == "blk"
    else { return .silent }
    if Int(step.index) == found.field.offset { current = [] }
    current.append(step.value)
    let end = Int(step.index) + Int(step.width)
    guard end == found.field.offset + found.field.byteCount, current.count > 1 else {
      return .silent
    }
    let differs = !last.isEmpty && last != current
    let agrees = last == current
    difference = differs ? step.reference : .none
    last = current
    return agrees ? .held : .silent
  }

  private mutating func goOn(_ step: Transaction) -> Judgement {
    defer { last = [] }
    guard difference.isSet, !step.isStatusReset else { return .silent }
    defer { difference = .none }
    return .broken(
      Breach(
        message: "driver read a field twice with different values and does not read it again",
        evidence: [Evidence(step.reference, "driver goes on")], place: difference))
  }
}
