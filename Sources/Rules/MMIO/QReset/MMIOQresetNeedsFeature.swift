import Model

/// A driver uses QueueReset only where RING_RESET was negotiated.
///
/// Spec: 4.2.2.2
struct MMIOQresetNeedsFeature: Rule {
  static let id = "mmio.qreset.needs-feature"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readQueueReset || step.kind == .writeQueueReset, session.isModern(at: step)
    else { return .silent }
    guard !session.mayResetQueues else { return .held }
    return .broken(
      "driver \(step.access) although \(session.featureName(40)) was not negotiated",
      Evidence(session.featureWrites[1], "driver writes word 1 of its features"))
  }
}
