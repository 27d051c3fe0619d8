import Model

/// A device does not write into buffers that it may only read.
///
/// Traps: the same memory may stand in another chain as writable, which the follower of the rings
/// leaves out.
///
/// Spec: 2.7.5.1
struct SplitDevNoWriteReadable: Rule {
  static let id = "split.desc.dev-no-write-readable"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), !ring.layout.isPacked else { return .silent }
    return judgeWriteToReadable(step, ring)
  }
}
