import Model

/// A device uses a descriptor only after it saw AVAIL change.
///
/// Traps: a list may have been made available and used between two looks of the recorder. That it
/// was not shows only when the driver makes the very slot available afterwards, in the same round.
///
/// Spec: 2.8.15
struct PackedUseOnlyAvailable: PackedRingRule {
  static let id = "packed.desc.dev-use-only-available"
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    switch step.kind {
    case .usedEarly: return .undecidable(.ringHistoryNotWhole)
    case .bufferUsed: return ring.isComplete ? .held : .silent
    case .bufferAvailable:
      guard let early = ring.usedEarly, early.slot == step.index,
        !step.traits.contains(.fromSnapshot)
      else { return .silent }
      return .broken(
        Breach(
          message: "device marks slot \(step.index) of queue \(step.queue) used before the driver"
            + " made it available",
          evidence: [Evidence(step.reference, "driver makes it available")], place: early.at))
    default: return .silent
    }
  }
}
