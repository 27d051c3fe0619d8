import Model

/// A driver sets the fields of a queue before it enables the queue.
///
/// Traps: an address that is never written may be meant to be 0; the size needs no write; a vector
/// may be mapped while the queue runs; a queue that was reset is set up anew.
///
/// Spec: 4.1.4.3.2
struct PCICommonQueueConfigBeforeEnable: Rule {
  static let id = "pci.common.queue-config-before-enable"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.setsUpQueue, let queue = session.queue(step.queue) else {
      return .silent
    }
    switch step.kind {
    case .writeQueueSize, .writeQueueAddress:
      guard queue.isEnabled else { return .silent }
      return .broken(
        "driver \(step.deed) after it enabled the queue",
        Evidence(queue.enabledAt, "driver enables queue \(step.queue)"))
    case .writeQueueEnable:
      let masks = [queue.descriptorsMask, queue.driverAreaMask, queue.deviceAreaMask]
      return masks.allSatisfy { $0 != 0 } ? .held : .undecidable(.causeNotRecorded)
    default: return .silent
    }
  }
}
