import Model
import VirtioSpec

/// A notification goes to the place of its queue.
///
/// Judged where the data names a queue whose place is known, and the place used is nobody's.
///
/// Traps: a second notification structure with another multiplier; a place that was not read.
///
/// Spec: 4.1.5.2, 4.1.4.4
struct PCIKickAddress: Rule {
  static let id = "pci.kick.address"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick, session.isCommon(step), step.hasValue,
      !step.traits.contains(.fromHostLog)
    else { return .silent }
    guard let multiplier = session.notifyMultiplier else {
      return .undecidable(.topologyNotRecorded)
    }
    guard let queue = named(by: step, session) else { return .silent }
    guard queue.notifyOffset >= 0 else { return .undecidable(.topologyNotRecorded) }
    let place = UInt64(queue.notifyOffset) * UInt64(multiplier)
    guard place != UInt64(step.index) else { return .held }
    guard case .nobody = session.notified(by: step) else { return .silent }
    return .broken(
      "driver notifies queue \(queue.index) at offset \(hex(step.index)) of the notification "
        + "structure instead of \(hex(place))")
  }

  /// The queue that the data names.
  private func named(by step: Transaction, _ session: Session) -> Queue? {
    let value = Int32(step.value & 0xffff)
    guard session.accepted.contains(39) else { return session.queue(value) }
    return session.queues.first { $0.notifyData == value }
  }
}
