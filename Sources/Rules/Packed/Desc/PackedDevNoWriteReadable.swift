import Model

/// A device does not write into buffers of a packed queue that it may only read.
///
/// Traps: the same memory may stand in another list as writable, which the follower leaves out.
///
/// Spec: 2.8.15
struct PackedDevNoWriteReadable: Rule {
  static let id = "packed.desc.dev-no-write-readable"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), ring.layout.isPacked else { return .silent }
    return judgeWriteToReadable(step, ring)
  }
}
