import Model
import VirtioSpec

/// A device ignores the reserved word of the queue block.
///
/// Trap: the command may be refused for another field, so the same block without the word has to be
/// taken later.
///
/// Spec: 4.3.2.2.1
struct DevIgnoreRes0: Rule {
  static let id = "ccw.queue.dev-ignore-res0"
  static let needsWholeLife = false
  var tally = Tally()
  private var size: UInt64 = 0
  private var areas: [UInt64] = []
  private var refused: (place: RecordReference, queue: Int32, size: UInt64, areas: [UInt64])?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeQueueSize:
      size = step.value
      areas = []
    case .writeQueueAddress: if areas.count < 3 { areas.append(step.value) }
    case .writeQueueEnable:
      if step.index != 0, step.isAccepted { return .held }
      if step.index != 0 {
        refused = (step.reference, step.queue, size, areas)
        return .undecidable(.causeNotRecorded)
      }
      guard let old = refused, old.queue == step.queue, old.size == size, old.areas == areas
      else { return .silent }
      refused = nil
      guard step.isAccepted else { return .silent }
      return .broken(
        Breach(
          message: "device refuses SET_VQ of queue \(step.queue) for its reserved word",
          evidence: [Evidence(step.reference, "device takes the same block without it")],
          place: old.place))
    case .reset: refused = nil
    default: break
    }
    return .silent
  }
}
