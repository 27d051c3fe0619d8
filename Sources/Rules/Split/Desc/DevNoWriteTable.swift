import Model

/// A device writes no descriptor of a split queue.
///
/// Spec: 2.7.5.1
struct DevNoWriteTable: Rule {
  static let id = "split.desc.dev-no-write-table"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.hasPackedRing(step.queue) == false else { return .silent }
    if step.kind == .bufferUsed { return .held }
    guard step.kind == .descriptorChanged, step.traits.contains(.byDevice) else { return .silent }
    return .broken("device writes descriptor \(step.index) of queue \(step.queue)")
  }
}
