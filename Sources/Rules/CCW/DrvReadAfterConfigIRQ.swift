import Model
import VirtioSpec

/// A driver reads the status after a change of the configuration.
///
/// Judged when the driver went on to read the configuration, and the life ends. Trap: indicators that are
/// not in the recording.
///
/// Spec: 4.3.2.3.1
struct DrvReadAfterConfigIRQ: Rule {
  static let id = "ccw.status.drv-read-after-config-irq"
  var tally = Tally()
  private var change = RecordReference.none
  private var wasRead = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .interrupt where step.index == 1 && session.revision >= 2:
      change = step.reference
      wasRead = .none
    case .readConfig where change.isSet: if !wasRead.isSet { wasRead = step.reference }
    case .readStatus where change.isSet:
      change = .none
      return .held
    default: break
    }
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard change.isSet else { return .silent }
    guard case .reset = end, wasRead.isSet else { return .undecidable(.endsMidLife) }
    return .broken(
      Breach(
        message:
          "driver does not read the status after the device told of a change of its configuration",
        evidence: [Evidence(wasRead, "driver reads the configuration")], place: change))
  }
}
