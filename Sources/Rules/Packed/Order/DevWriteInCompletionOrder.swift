import Model

/// A device writes used descriptors one behind the other, each at the next used place.
///
/// Traps: the length of lists must be known from the start.
///
/// Spec: 2.8.12
struct DevWriteInCompletionOrder: Rule {
  static let id = "packed.order.dev-write-in-completion-order"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), ring.layout.isPacked else { return .silent }
    if step.kind == .bufferUsed { return .held }
    guard step.kind == .descriptorChanged, step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    if ring.driverIsSampled { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "device writes slot \(step.index) of queue \(step.queue), where slot \(ring.nextUsed) is the"
        + " next one for a used descriptor")
  }
}
