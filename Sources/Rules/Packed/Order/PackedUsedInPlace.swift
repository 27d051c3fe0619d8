import Model

/// A device writes each used descriptor into its next slot, in the order of completion.
///
/// Traps: once begun, writes may show in another order for a moment; with IN_ORDER one used
/// descriptor frees the slots of a batch. So a slot counts only when the device passed it over, or
/// left its next one unwritten for a second.
///
/// Spec: 2.8.12
struct PackedUsedInPlace: PackedRingRule {
  static let id = "packed.order.dev-write-in-completion-order"
  var tally = Tally()
  private var strays: [Stray] = []

  private struct Stray {
    var queue: Int32
    var slot: UInt32
    var due: UInt32
    var at: RecordReference

    var breach: Breach {
      Breach(
        message: "device writes a used descriptor into slot \(slot) of queue \(queue), while its"
          + " next one is \(due)", place: at)
    }
  }

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    guard ring.isComplete else {
      strays.removeAll { $0.queue == step.queue }
      return .undecidable(.ringHistoryNotWhole)
    }
    // What was passed over by the last used list.
    if let place = strays.firstIndex(where: { $0.queue == step.queue && !ring.isInUse($0.slot) }) {
      return .broken(strays.remove(at: place).breach)
    }
    switch step.kind {
    case .usedElsewhere:
      if strays.count < 16 {
        strays.append(
          Stray(queue: step.queue, slot: step.index, due: ring.nextUsed, at: step.reference))
      }
      return .silent
    case .bufferUsed:
      strays.removeAll { $0.queue == step.queue && $0.slot == ring.nextUsed }
      return step.traits.contains(.fromSnapshot) ? .silent : .held
    default: return .silent
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    for stray in strays {
      guard let ring = session.ring(stray.queue), ring.isLive, ring.isComplete else { continue }
      let isLong = end.time(since: stray.at, in: session) >= SessionEnd.patience
      if isLong || !ring.isInUse(stray.slot) { return .broken(stray.breach) }
    }
    return strays.isEmpty ? .silent : .undecidable(.endsMidLife)
  }
}
