import Model

/// A device that says it is suspended takes no more buffers.
///
/// Spec: 3.4.2
struct SuspendDevStopConsuming: Rule {
  static let id = "core.suspend.dev-stop-consuming"
  static let coveredBy = [SuspendDevNoQueueAccess.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferUsed, session.suspension.standing.isSet else { return .silent }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "device uses chain \(step.value) of queue \(step.queue) after it showed itself suspended",
      Evidence(session.suspension.standing, "device shows itself suspended"))
  }
}
