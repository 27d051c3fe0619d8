import Model
import VirtioSpec

/// After an adapter interrupt a driver clears the summary indicator before it processes the
/// indicators of queues.
///
/// The procedure that the text recommends looks through the indicators once before it clears the
/// summary and once after, so that only a driver that never comes to clearing it is accused.
/// Judged where the recording shows the summary indicator being set and the driver clearing
/// indicators. Trap: of a summary indicator that several devices have in common another driver may
/// clear it.
///
/// Spec: 4.3.3.1.2.2
struct DrvClearSummaryFirst: Rule {
  static let id = "ccw.irq.drv-clear-summary-first"
  private static var patience: Int64 { 1_000_000_000 }
  var tally = Tally()
  private var set = RecordReference.none
  private var interrupt = RecordReference.none
  private var cleared = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .indicator where step.index == CCWIndicator.summary.rawValue:
      if step.traits.contains(.byDevice) {
        if step.value != 0, !set.isSet { set = step.reference }
      } else if step.value == 0 {
        defer { forget() }
        return interrupt.isSet ? .held : .silent
      }
    case .ccwInterrupt where step.index == CCWInterrupt.adapter.rawValue:
      if set.isSet, !interrupt.isSet { interrupt = step.reference }
    case .indicator where step.index == CCWIndicator.area.rawValue && interrupt.isSet:
      if !step.traits.contains(.byDevice), !cleared.isSet { cleared = step.reference }
    case .setAdapterIndicators, .reset: forget()
    default: break
    }
    return .silent
  }

  private mutating func forget() {
    set = .none
    interrupt = .none
    cleared = .none
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard cleared.isSet else { return .silent }
    guard session.lastRecord.time &- cleared.time >= Self.patience else {
      return .undecidable(.endsMidLife)
    }
    return .broken(
      Breach(
        message: "driver processes the indicators of queues and leaves the summary indicator set",
        evidence: [
          Evidence(set, "device sets the summary indicator"),
          Evidence(interrupt, "device makes an adapter interrupt"),
        ], place: cleared))
  }
}
