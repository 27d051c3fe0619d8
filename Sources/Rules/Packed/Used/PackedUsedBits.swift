import Model

/// A used descriptor has AVAIL and USED equal to the device's wrap counter.
///
/// Traps: a slot that nobody wrote looks used; only what the device writes counts. Length and id
/// may be written before the flags.
///
/// Spec: 2.8.1
struct PackedUsedBits: PackedRingRule {
  static let id = "packed.used.avail-used-bits"
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    if step.kind == .bufferUsed {
      return step.traits.contains(.fromSnapshot) || !ring.isComplete ? .silent : .held
    }
    guard step.kind == .bitsWrong, step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    return .broken(
      "device writes flags \(hex(step.value, digits: 4)) into slot \(step.index) of queue"
        + " \(step.queue) while its wrap counter is \(ring.wrap(of: step.index) ? 1 : 0)",
      Evidence(
        ring.owner(of: step.index)?.exposedAt ?? .none, "driver makes the slot available"))
  }
}
