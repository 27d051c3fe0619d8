import Model

/// A driver does not cut a buffer into needlessly many descriptors.
///
/// Needless are small pieces that lie one behind the other, in one direction: one descriptor would do.
///
/// Spec: 2.7.4.2
struct NoExcessive: Rule {
  static let id = "split.desc.no-excessive"
  static let needsWholeLife = false
  var tally = Tally()

  /// Pieces that one descriptor could hold, from which on it is worth a word.
  private static let limit = 8
  /// Pieces of a page and more may be the limit of some allocator.
  private static let small: UInt32 = 4096

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.hasPackedRing(step.queue) == false,
      session.told.facts.isWalked
    else { return .silent }
    let buffers = session.told.buffers
    var joins = 0
    for (first, second) in zip(buffers, buffers.dropFirst())
    where first.isWritable == second.isWritable && first.length < Self.small
      && first.address &+ UInt64(first.length) == second.address
    {
      joins += 1
    }
    if joins < Self.limit { return .held }
    return .broken(
      "driver makes \(chainName(step)) available in \(buffers.count) descriptors, of which \(joins)"
        + " go on where the one before ends")
  }
}
