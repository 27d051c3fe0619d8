import Model

/// A statement that one side does not notify the other, which said that it does not want it.
protocol NeedlessNotificationRow: Sendable {
  static var id: String { get }
  /// The driver's kicks; else the device's interrupts.
  static var isKick: Bool { get }
  /// Whether the statement is about this queue, and the other side wants nothing as things stand.
  static func isUnwanted(_ ring: RingState) -> Bool
}

/// A notification that nothing demanded, while the other side had said so before the last step that
/// could have demanded one.
///
/// Traps: both sides race, so that a wish that came after that step does not count; the first
/// notification after the queue was enabled; NOTIFY_ON_EMPTY; kicks that are repeated after a resume.
struct NeedlessNotificationRule<Row: NeedlessNotificationRow>: Rule {
  static var id: String { Row.id }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == (Row.isKick ? .kick : .interrupt), Row.isKick || step.index == 0,
      !session.isLegacy, let ring = session.ring(step.queue), ring.isLive
    else { return .silent }
    let (before, step, wish) =
      Row.isKick
      ? (ring.lastKick, ring.lastAvailable, ring.deviceEventAt)
      : (ring.lastInterrupt, ring.lastUsed, ring.driverEventAt)
    guard before.isSet, step.isSet, wish.isSet, wish < step, Row.isUnwanted(ring) else {
      return .silent
    }
    if (Row.isKick ? ring.kickOwed : ring.interruptOwed).isSet { return .held }
    if session.accepted.contains(24) { return .silent }
    guard ring.isComplete, !ring.driverIsSampled, !Row.isKick || ring.seesDeviceEvents else {
      return .undecidable(.memoryBetweenSnapshots)
    }
    return .broken(
      Row.isKick
        ? "driver notifies queue \(ring.queue) though the device asked for nothing"
        : "device interrupts for queue \(ring.queue) though the driver asked for nothing",
      Evidence(
        wish, "the \(Row.isKick ? "device" : "driver") said when it wants to be told"))
  }
}
