import Model

/// A driver makes no buffers available on a device that it suspends.
///
/// Traps: another processor may race with the write; only what comes after the device showed itself
/// suspended counts.
///
/// Spec: 3.4.1
struct SuspendDrvNoNewBuffers: Rule {
  static let id = "core.suspend.drv-no-new-buffers"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.suspension.standing.isSet else { return .silent }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "driver makes chain \(step.value) of queue \(step.queue) available while the device is"
        + " suspended",
      Evidence(session.suspension.requested, "driver sets SUSPEND"),
      Evidence(session.suspension.standing, "device shows itself suspended"))
  }
}
