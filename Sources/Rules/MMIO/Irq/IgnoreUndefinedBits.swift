import Model

/// A driver of virtio-mmio disregards bits of InterruptStatus that mean nothing.
///
/// That it acts on them shows when it acknowledges them.
///
/// Spec: 4.2.2.2
struct IgnoreUndefinedBits: Rule {
  static let id = "mmio.irq.ignore-undefined-bits"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .acknowledgeInterrupt, step.hasValue, session.events.lastRead.isSet,
      session.events.shown & ~3 != 0, session.events.shown != .max
    else { return .silent }
    let taken = step.value & UInt64(session.events.shown) & ~3
    guard taken != 0 else { return .held }
    return .broken(
      "driver acknowledges \(hex(taken)), bits of InterruptStatus that mean nothing",
      Evidence(session.events.lastRead, "driver reads InterruptStatus"))
  }
}
