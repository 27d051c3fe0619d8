import Model

/// With NOTIFY_ON_EMPTY a device interrupts when a queue runs empty, even where interrupts are
/// suppressed.
///
/// Traps: interrupts may not be recorded; the driver may have added something before the device looked.
///
/// Spec: 6.3
struct NotifyOnEmptyIRQ: Rule {
  static let id = "legacy.feature.notify-on-empty-irq"
  var tally = Tally()
  /// Queues that ran empty while interrupts were suppressed, and no interrupt came since.
  private var owed: [Int32: RecordReference] = [:]

  /// For how long a device may take, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.accepted.contains(24) else { return .silent }
    switch step.kind {
    case .usedIndex:
      guard let ring = session.ring(step.queue), ring.isAvailableKnown, ring.isUsedKnown,
        !step.traits.contains(.fromSnapshot)
      else { return .silent }
      let isEmpty = UInt16(truncatingIfNeeded: step.value) == ring.availableIndex
      if isEmpty, ring.availableFlags.map({ $0 & 1 == 1 }) == true, owed.count < 1024 {
        owed[step.queue] = step.reference
      }
      return .silent
    case .availableIndex:
      // Whether the device saw the queue empty before this came is not known.
      owed[step.queue] = nil
      return .silent
    case .interrupt where step.index != 1:
      if step.queue < 0 {
        owed = [:]
        return .silent
      }
      return owed.removeValue(forKey: step.queue) == nil ? .silent : .held
    default: return .silent
    }
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    for (queue, place) in owed {
      guard session.queue(queue)?.interrupts ?? 0 > 0 else {
        return .undecidable(.interruptsNotRecorded)
      }
      guard session.lastRecord.time &- place.time >= Self.patience else {
        return .undecidable(.endsMidLife)
      }
      return .broken(
        Breach(
          message: "device lets queue \(queue) run empty without an interrupt, though"
            + " NOTIFY_ON_EMPTY was accepted",
          place: place))
    }
    return .silent
  }
}
