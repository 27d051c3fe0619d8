import Model

/// An available descriptor has AVAIL equal to the driver's wrap counter, and USED opposite to it.
///
/// Traps: where the life's beginning is not recorded the counter is not known; a free slot may be
/// wiped.
///
/// Spec: 2.8.1
struct PackedAvailableBits: PackedRingRule {
  static let id = "packed.desc.avail-used-bits"
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    if step.kind == .bufferAvailable {
      return step.traits.contains(.fromSnapshot) || !ring.isComplete ? .silent : .held
    }
    guard step.kind == .bitsWrong, !step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    return .broken(
      "driver writes flags \(hex(step.value, digits: 4)) into slot \(step.index) of queue"
        + " \(step.queue) while its wrap counter is \(ring.wrap(of: step.index) ? 1 : 0)",
      Evidence(ring.lastAvailable, "driver makes a chain available before that"))
  }
}
