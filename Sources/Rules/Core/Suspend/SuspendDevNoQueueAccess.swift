import Model

/// A suspended device does not touch its queues.
///
/// Spec: 3.4.2
struct SuspendDevNoQueueAccess: Rule {
  static let id = "core.suspend.dev-no-queue-access"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.isRingStep, step.traits.contains(.byDevice), session.suspension.standing.isSet else {
      return .silent
    }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "device writes to queue \(step.queue) while it is suspended",
      Evidence(session.suspension.standing, "device shows itself suspended"))
  }
}
