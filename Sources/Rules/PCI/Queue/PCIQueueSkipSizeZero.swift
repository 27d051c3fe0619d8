import Model

/// A driver leaves a queue alone whose size reads 0.
///
/// Traps: the queue may appear with another set of features, or after a reset.
///
/// Spec: 4.1.5.1.3
struct PCIQueueSkipSizeZero: Rule {
  static let id = "pci.queue.skip-size-zero"
  var tally = Tally()
  private var absent = QueueMarks()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    switch step.kind {
    case .readQueueSize:
      if step.hasValue { absent[step.queue] = step.value == 0 ? step.reference : nil }
    case .writeDriverFeatures: absent.removeAll()
    case .writeStatus:
      if step.isStatusReset { absent.removeAll() }
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable:
      guard step.setsUpQueue else { return .silent }
      guard let read = absent[step.queue] else { return .held }
      absent[step.queue] = nil
      return .broken(
        "driver \(step.deed), whose size reads 0", Evidence(read, "device returns the size 0"))
    default: break
    }
    return .silent
  }
}
