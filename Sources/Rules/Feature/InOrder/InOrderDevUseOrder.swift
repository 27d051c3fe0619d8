import Model

/// With IN_ORDER a device uses buffers in the order in which they became available.
///
/// Traps: one used entry may stand for a batch, whose earlier buffers count as used with it.
///
/// Spec: 6.2
struct InOrderDevUseOrder: Rule {
  static let id = "feature.in-order.dev-use-order"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferUsed, step.hasValue, let ring = session.ring(step.queue),
      ring.isInOrder
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let chain = ring.chain(id) else { return .silent }
    if chain.isOutstanding { return .held }
    return .broken(
      "device uses chain \(id) of queue \(step.queue) after one that was made available later,"
        + " though IN_ORDER was accepted",
      Evidence(chain.exposedAt, "driver makes chain \(id) available"),
      Evidence(chain.usedAt, "device uses a later one, which stands for all before it"))
  }
}
