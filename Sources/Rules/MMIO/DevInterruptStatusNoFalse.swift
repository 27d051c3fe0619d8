import Model
import VirtioSpec

/// InterruptStatus shows only what happened.
///
/// Traps: bit 0 may come late or once too often where both sides race, so it counts only where no
/// buffer was ever used; a configuration may change and change back.
///
/// Spec: 4.2.2.1
struct DevInterruptStatusNoFalse: Rule {
  static let id = "mmio.dev-interrupt-status-no-false"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readISR, step.hasValue, session.profile.transport == .mmio else {
      return .silent
    }
    let undefined = step.value & 0xffff_fffc
    if undefined != 0 {
      return .broken(
        "device shows InterruptStatus \(hex(step.value)) with bits that have no meaning")
    }
    guard step.value & 1 == 1 else { return .held }
    let enabled = session.queues.filter(\.isEnabled)
    let rings = enabled.compactMap { session.ring($0.index) }
    guard rings.count == enabled.count, !rings.isEmpty,
      rings.allSatisfy({ $0.isComplete && $0.isUsedKnown })
    else { return .silent }
    if rings.contains(where: { $0.totals.used > 0 || $0.sawUsedSnapshot }) { return .held }
    return .undecidable(.noRingMemory)
  }
}
