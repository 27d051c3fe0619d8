import Model

/// A driver clears the flags of the used ring before the device has it.
///
/// Traps: the device may have set bit 0 since.
///
/// Spec: 2.7.10.1
struct DrvInitFlagsZero: Rule {
  static let id = "split.used.drv-init-flags-zero"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .usedFlags, step.traits.contains(.fromSnapshot),
      let ring = session.ring(step.queue), ring.isComplete, !ring.lastUsed.isSet,
      !ring.deviceEventAt.isSet
    else { return .silent }
    if step.value == 0 { return .held }
    if step.value == 1 { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver enables queue \(step.queue) with flags \(hex(step.value)) in the used ring",
      Evidence(
        session.queue(step.queue)?.enabledAt ?? .none, "driver enables queue \(step.queue)"))
  }
}
