import Model

/// A driver of virtio-mmio writes no undefined bits to InterruptACK.
///
/// Spec: 4.2.2.2
struct AckNoUndefined: Rule {
  static let id = "mmio.irq.ack-no-undefined"
  static let coveredBy = [IgnoreUndefinedBits.id]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .acknowledgeInterrupt, step.hasValue else { return .silent }
    guard step.value & ~3 != 0 else { return .held }
    return .broken(
      "driver writes \(hex(step.value, digits: 2)) to InterruptACK, of which only bits 0 and 1 are defined"
    )
  }
}
