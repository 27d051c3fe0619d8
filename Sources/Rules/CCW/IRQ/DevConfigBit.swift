import Model
import VirtioSpec

/// A device tells of a change of its configuration by bit 0 of the configuration indicators, and by
/// an interrupt unless one is pending.
///
/// Judged where the recording shows both. Traps: a pending interrupt makes another one needless, so
/// that it must be known that the driver took the last one: it did when its next channel command
/// was accepted.
///
/// Spec: 4.3.3.1.1
struct DevConfigBit: Rule {
  static let id = "ccw.irq.dev-config-bit"
  private static var patience: Int64 { 1_000_000_000 }
  var tally = Tally()
  private var owed = RecordReference.none
  private var seesInterrupts = false
  private var isNonePending = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .indicator where step.index == CCWIndicator.config.rawValue:
      if step.traits.contains(.byDevice) { return judge(bits: step) }
      owed = .none
    case .interrupt where step.index == 1:
      if !owed.isSet, isNonePending, seesInterrupts { owed = step.reference }
      return .held
    case .ccwInterrupt where step.index == CCWInterrupt.classic.rawValue:
      owed = .none
      seesInterrupts = true
      isNonePending = false
    case _ where step.isChannelCommand && step.isAccepted:
      owed = .none
      isNonePending = true
    default: break
    }
    return .silent
  }

  private func judge(bits step: Transaction) -> Judgement {
    .broken(
      Breach(
        message: "device writes \(hex(step.value)) into the configuration "
          + "indicators, where bit 0 tells of a change"))
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard owed.isSet else { return .silent }
    guard session.lastRecord.time &- owed.time >= Self.patience else {
      return .undecidable(.endsMidLife)
    }
    return .broken(
      Breach(
        message: "device tells of a change of its configuration without an interrupt, "
          + "and none is pending",
        place: owed))
  }
}
