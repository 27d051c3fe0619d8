import Model
import VirtioSpec

/// A statement that one side notifies the other after a step in a ring that demands it.
protocol OwedNotificationRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// The driver owes a kick; else the device an interrupt.
  static var isKick: Bool { get }
  /// Whether the statement is about this queue, as it stands.
  static func concerns(_ ring: RingState) -> Bool
}

extension OwedNotificationRow {
  static var coveredBy: [String] { [] }
}

/// The notification that memory demanded did not come for a second, or until the life was over.
///
/// Traps: kicks may bypass the source, and interrupts may not be recorded, so that the source must have
/// shown one of that kind for the queue; where the other side's wishes are noted only now and then, or a
/// vector is not mapped, nothing can be said.
struct OwedNotificationRule<Row: OwedNotificationRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  var tally = Tally()

  /// For how long a notification may take, in nanoseconds.
  private static var patience: Int64 { 1_000_000_000 }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == (Row.isKick ? .kick : .interrupt), step.index != 1 || Row.isKick,
      let ring = session.ring(step.queue), Row.concerns(ring)
    else { return .silent }
    return (Row.isKick ? ring.kickOwed : ring.interruptOwed).isSet ? .held : .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    var doubt: UndecidableReason?
    for ring in session.rings where ring.isLive && Row.concerns(ring) {
      let owed = Row.isKick ? ring.kickOwed : ring.interruptOwed
      guard owed.isSet, let queue = session.queue(ring.queue) else { continue }
      if let reason = reason(ring, queue, session, owed) {
        doubt = doubt ?? reason
        continue
      }
      return .broken(
        Breach(
          message: Row.isKick
            ? "driver makes buffers available in queue \(ring.queue) and does not notify the device,"
              + " which asked for it"
            : "device uses buffers of queue \(ring.queue) and does not interrupt the driver, which"
              + " asked for it",
          evidence: [
            Evidence(
              Row.isKick ? ring.deviceEventAt : ring.driverEventAt,
              "the \(Row.isKick ? "device" : "driver") said when it wants to be told")
          ], place: owed))
    }
    return doubt.map(Judgement.undecidable) ?? .silent
  }

  /// Why nothing can be said; nil where all is plain.
  private func reason(
    _ ring: RingState, _ queue: Queue, _ session: Session, _ owed: RecordReference
  ) -> UndecidableReason? {
    if Row.isKick {
      if queue.kicks == 0 { return .kicksBypass }
      if !ring.seesDeviceEvents { return .memoryBetweenSnapshots }
    } else {
      if queue.interrupts == 0 || queue.vector == 0xffff { return .interruptsNotRecorded }
    }
    if ring.driverIsSampled || ring.sawUsedSnapshot { return .memoryBetweenSnapshots }
    // A wish that came after the step raced with it: which of both was first for the other side does
    // not show.
    if (Row.isKick ? ring.deviceEventAt : ring.driverEventAt) > owed {
      return .memoryBetweenSnapshots
    }
    // Interrupts of a network device may be put off until there are more of them.
    if !Row.isKick, session.profile.type?.rawValue == 1,
      session.accepted.contains(52) || session.accepted.contains(53)
    {
      return .causeNotRecorded
    }
    return session.lastRecord.time &- owed.time < Self.patience ? .endsMidLife : nil
  }
}
