import Model
import VirtioSpec

/// A reset of the machine takes all memory blocks away.
///
/// Only the first reading after a reset that the recording tells of counts, and only while no driver
/// has sent a request.
///
/// Spec: 5.15.6.2
struct MemMemDevUnplugOnReset: Rule {
  static let id = "mem.mem.dev-unplug-on-reset"
  private static let field = ConfigSpan(.mem, "plugged_size")
  var tally = Tally()
  private var reading = FieldReading()
  private var resetAt = RecordReference.none
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .machineEvent {
      if step.value == 1 { resetAt = step.reference }
      return .silent
    }
    guard resetAt.isSet, !isJudged, session.kicks == 0,
      case .certain(let size) = reading.take(step, Self.field, session)
    else { return .silent }
    isJudged = true
    guard size != 0 else { return .held }
    return .broken(
      "device gives plugged_size \(hex(size)) after a reset of the machine",
      Evidence(resetAt, "the machine is reset"))
  }
}
