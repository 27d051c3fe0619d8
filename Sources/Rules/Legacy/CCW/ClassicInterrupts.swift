import Model
import VirtioSpec

/// A legacy device notifies by classic interrupts.
///
/// Trap: some legacy devices take SET_IND_ADAPTER, and may then use what it sets up.
///
/// Spec: 4.3.3.1.3
struct ClassicInterrupts: Rule {
  static let id = "legacy.ccw.classic-interrupts"
  static let needsWholeLife = false
  var tally = Tally()
  private var hasAdapter = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .setAdapterIndicators, step.isAccepted { hasAdapter = true }
    guard step.kind == .interrupt, session.isLegacyCCW, !hasAdapter, session.startKnown
    else { return .silent }
    guard step.index == 2 else { return .held }
    return .broken("device makes an adapter interrupt though no adapter indicators are set up")
  }
}
