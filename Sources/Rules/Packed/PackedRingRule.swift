import Model

/// A rule about the rings of packed queues: it sees the steps about one, with the ring before it.
protocol PackedRingRule: Rule {
  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement
}

extension PackedRingRule {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), ring.layout.isPacked else { return .silent }
    if step.kind == .historyLost { return .undecidable(.ringHistoryNotWhole) }
    return judge(step, ring, in: session)
  }
}

/// Holds a breach of the driver back until the recording has shown that it notes what the device
/// writes: where it does not, nobody can tell what the driver may take back.
struct UntilDeviceNoted: Sendable {
  private var held: Breach?

  /// What `breach`, of the step at hand, comes to.
  mutating func judge(_ breach: Breach, at step: Transaction, _ ring: RingState) -> Judgement {
    if ring.isDeviceNoted { return .broken(breach) }
    if held == nil {
      held = breach
      held?.place = step.reference
    }
    return .undecidable(.ringHistoryNotWhole)
  }

  /// What a step that uses a chain brings to light.
  mutating func release(at step: Transaction) -> Judgement {
    guard let breach = held, !step.traits.contains(.fromSnapshot) else { return .silent }
    held = nil
    return .broken(breach)
  }
}

extension SessionEnd {
  /// Nanoseconds for which nothing may happen before it counts as never.
  static var patience: Int64 { 1_000_000_000 }

  /// How long the life went on after `reference`, as far as it was recorded.
  func time(since reference: RecordReference, in session: Session) -> Int64 {
    let end =
      switch self {
      case .reset(let place), .machine(let place): place.time
      case .recording: session.lastRecord.time
      }
    return end &- reference.time
  }
}
