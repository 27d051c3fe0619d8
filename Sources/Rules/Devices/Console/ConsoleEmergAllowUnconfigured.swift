import Model
import VirtioSpec

/// A device takes an emergency write whatever its state.
///
/// Trap: only channel I/O shows a write that was not taken; elsewhere success and failure look
/// alike.
///
/// Spec: 5.3.5.1
struct ConsoleEmergAllowUnconfigured: Rule {
  static let id = "console.emerg.allow-unconfigured"
  static let needsWholeLife = false
  private static let field = ConfigSpan(.console, "emerg_wr")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeConfig, session.profile.transport == .ccw, Self.field.encloses(step),
      !session.writtenStatus.contains(.driverOK)
    else { return .silent }
    switch session.offersOne(of: [2]) {
    case .no: return .silent
    case .unknown: return step.isAccepted ? .silent : .undecidable(.featuresNotRead)
    case .yes: break
    }
    guard !step.isAccepted else { return .held }
    return .broken(
      "device rejects a write to emerg_wr (status \(hex(session.status)))",
      session.offerEvidence(2))
  }
}
