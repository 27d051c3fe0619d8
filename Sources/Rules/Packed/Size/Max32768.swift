import Model

/// A packed queue has at most 2^15 entries, and any number up to that.
///
/// Spec: 2.8
struct PackedSizeMax: Rule {
  static let id = "packed.size.max-32768"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable, step.setsUpQueue, session.accepted.contains(34),
      let queue = session.queue(step.queue), queue.size > 0 || queue.sizeWrite.isSet
    else { return .silent }
    if 1...32768 ~= queue.size { return .held }
    return .broken(
      "driver enables packed queue \(step.queue) with \(queue.size) entries, which is not 1 to 32768",
      Evidence(queue.sizeWrite, "driver sets the size"))
  }
}
