import Model
import VirtioSpec

/// A device refuses a revision with data that the revision does not have.
///
/// Trap: data that were not captured show nothing.
///
/// Spec: 4.3.2.1.1
struct DevRejectInvalidCombo: Rule {
  static let id = "ccw.set-rev.dev-reject-invalid-combo"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, step.hasValue, step.value <= 2, step.index != 0
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes revision \(step.value) with \(step.index) bytes of data, which it does not have"
    )
  }
}
