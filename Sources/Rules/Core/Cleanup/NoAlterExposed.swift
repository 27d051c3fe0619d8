import Model

/// A driver leaves the descriptors of a buffer alone while the device owns it.
///
/// Traps: whether a chain is still the device's is known only where the recording shows the device
/// giving chains back as it happens. Packed rings have a clause of their own.
///
/// Spec: 3.3.1
struct NoAlterExposed: Rule {
  static let id = "core.cleanup.no-alter-exposed"
  static let coveredBy = [
    "packed.desc.drv-no-change-after-avail", "packed.desc.drv-no-change-before-used",
  ]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .descriptorChanged || step.kind == .tableChanged,
      !step.traits.contains(.byDevice), let ring = session.ring(step.queue)
    else { return .silent }
    if step.traits.contains(.fromSnapshot) || ring.sawUsedSnapshot {
      return .undecidable(.memoryBetweenSnapshots)
    }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    // A recorder that never saw the device use anything may not look at the used ring at all.
    guard ring.lastUsed.isSet else { return .undecidable(.noRingMemory) }
    let what = step.kind == .tableChanged ? "the indirect table" : "descriptor \(step.index)"
    let id = UInt32(truncatingIfNeeded: step.value)
    return .broken(
      "driver changes \(what) of chain \(id) of queue \(step.queue) while the device owns it",
      Evidence(
        ring.outstanding(id)?.exposedAt ?? .none, "driver makes chain \(id) available"))
  }
}
