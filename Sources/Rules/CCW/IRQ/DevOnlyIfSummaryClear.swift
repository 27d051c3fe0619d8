import Model
import VirtioSpec

/// A device makes no adapter interrupt while the summary indicator stands set from before.
///
/// Judged once the recording shows the driver clearing the summary indicator, since else it cannot
/// be known to stand. Trap: of a summary indicator that several devices have in common it is not
/// recorded who set it.
///
/// Spec: 4.3.3.1.2.1
struct DevOnlyIfSummaryClear: Rule {
  static let id = "ccw.irq.dev-only-if-summary-clear"
  var tally = Tally()
  private var summary = Summary.unknown
  private var candidate: (set: RecordReference, interrupt: RecordReference)?

  private enum Summary: Sendable {
    case unknown, shared, clear
    /// Set by the device, which may interrupt for that once.
    case news(RecordReference)
    case standing(RecordReference)
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .indicator where step.index == CCWIndicator.sharedSummary.rawValue: summary = .shared
    case .indicator where step.index == CCWIndicator.summary.rawValue: return judge(summary: step)
    case .ccwInterrupt where step.index == CCWInterrupt.adapter.rawValue:
      return judge(interrupt: step)
    case .setAdapterIndicators, .reset: summary = .unknown
    default: break
    }
    return .silent
  }

  private mutating func judge(summary step: Transaction) -> Judgement {
    guard step.traits.contains(.byDevice) else {
      defer { candidate = nil }
      if step.value == 0 { summary = .clear }
      return candidate.map(Self.breach) ?? .silent
    }
    switch summary {
    case .news, .standing: break
    default: summary = .news(step.reference)
    }
    return .silent
  }

  private mutating func judge(interrupt step: Transaction) -> Judgement {
    switch summary {
    case .news(let place):
      summary = .standing(place)
      return .held
    case .standing(let place):
      if candidate == nil { candidate = (place, step.reference) }
      return .silent
    case .shared: return .undecidable(.causeNotRecorded)
    case .clear, .unknown: return .silent
    }
  }

  private static func breach(
    _ seen: (set: RecordReference, interrupt: RecordReference)
  ) -> Judgement {
    .broken(
      Breach(
        message: "device makes an adapter interrupt although the summary indicator stands set",
        evidence: [Evidence(seen.set, "device sets the summary indicator")],
        place: seen.interrupt))
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    candidate == nil ? .silent : .undecidable(.memoryBetweenSnapshots)
  }
}
