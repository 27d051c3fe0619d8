import Model
import VirtioSpec

/// A rule that an available buffer notification names a queue that is set up.
///
/// With NOTIFICATION_DATA the index stands in the lower half. Traps: the legacy interface has its own
/// way to set up a queue, which the session knows; a notification known from the device's log alone
/// has no value of the driver's.
protocol KickNamesQueue: Rule {
  static var transport: TransportKind { get }
  static var register: String { get }
  /// The queue of the last notification that was right: the next one is seldom another's.
  var lastGood: Int32 { get set }
}

extension KickNamesQueue {
  static var coveredBy: [String] { [QueuesEnabledAtDriverOK.id, NoKickBeforeDriverOK.id] }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick else {
      lastGood = -1
      return .silent
    }
    if step.queue == lastGood, step.queue >= 0, step.value <= 0xffff { return .silent }
    guard step.hasValue, session.profile.transport == Self.transport,
      !step.traits.contains(.fromHostLog)
    else { return .silent }
    guard step.queue >= 0, session.queue(step.queue)?.enabledAt.isSet == true else {
      return .broken(
        "driver writes \(hex(step.value, digits: 4)) to \(Self.register), which names no queue that "
          + "is set up")
    }
    lastGood = step.queue
    return .held
  }
}
