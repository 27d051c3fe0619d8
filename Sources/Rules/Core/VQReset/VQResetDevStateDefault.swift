import Model

/// After its reset a queue is as new: the device begins at its first entry, and offers its full size.
///
/// Traps: a driver that goes on with its own old indexes leads the device astray.
///
/// Spec: 2.6.1.1.1
struct VQResetDevStateDefault: Rule {
  static let id = "core.vq-reset.dev-state-default"
  var tally = Tally()
  private var watch = QueueResetWatch()
  /// Queues that were enabled again after a reset and did not use anything since.
  private var fresh: [Int32: RecordReference] = [:]

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    defer { watch.apply(step) }
    switch step.kind {
    case .writeQueueEnable:
      if let reset = watch.finished(step.queue), step.value != 0 {
        fresh[step.queue] = reset.asked
      }
      return .silent
    case .readQueueSize: return judgeSize(step, session)
    case .usedIndex: return judgeIndex(step, session)
    default: return .silent
    }
  }

  private func judgeSize(_ step: Transaction, _ session: Session) -> Judgement {
    guard step.hasValue, step.index == 0, let reset = watch.finished(step.queue),
      !reset.sizeWritten, let known = session.queue(step.queue)?.maxSize, known > 0
    else { return .silent }
    if step.value == UInt64(known) { return .held }
    return .broken(
      "device offers size \(step.value) for queue \(step.queue) after its reset instead of \(known)",
      Evidence(reset.asked, "driver resets queue \(step.queue)"))
  }

  private mutating func judgeIndex(_ step: Transaction, _ session: Session) -> Judgement {
    guard let asked = fresh.removeValue(forKey: step.queue), let ring = session.ring(step.queue),
      ring.isAvailableKnown, !step.traits.contains(.fromSnapshot)
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    if new <= ring.availableIndex { return .held }
    // The driver's index is as far off: it kept its own.
    if UInt32(ring.availableIndex) > ring.layout.size { return .silent }
    return .broken(
      "device publishes used index \(new) of queue \(step.queue) after its reset, where the driver"
        + " made \(ring.availableIndex) chains available",
      Evidence(asked, "driver resets queue \(step.queue)"))
  }
}
