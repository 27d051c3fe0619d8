import Model
import VirtioSpec

/// A driver uses one kind of indicators for a device.
///
/// Trap: falling back to SET_IND after a refused SET_IND_ADAPTER is the normal way.
///
/// Spec: 4.3.2.6
struct IndMutuallyExclusive: Rule {
  static let id = "ccw.ind.mutually-exclusive"
  var tally = Tally()
  private var state = IndicatorState()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    defer { state.apply(step) }
    guard step.kind == .setIndicators || step.kind == .setAdapterIndicators else { return .silent }
    guard let conflict = state.conflict(step) else {
      return step.isAccepted && step.value != 0 ? .held : .silent
    }
    return .broken(
      "driver sends \(step.command) though \(conflict.name) is in force",
      Evidence(conflict.other, "driver sends \(conflict.name)"))
  }
}
