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
  private var watch = SuspensionWatch()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    defer { watch.apply(step) }
    guard step.kind == .bufferAvailable, watch.suspended.isSet else { return .silent }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "driver makes chain \(step.value) of queue \(step.queue) available while the device is"
        + " suspended",
      Evidence(watch.asked, "driver sets SUSPEND"),
      Evidence(watch.suspended, "device shows itself suspended"))
  }
}
