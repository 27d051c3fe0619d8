import Model

/// A driver asks for the device's queues before it sends its first request.
///
/// Spec: 5.6.5.1 (the clause binds the driver, though it is printed as one of the device)
struct SCSIInitDiscoverQueues: Rule {
  static let id = "scsi.init.discover-queues"
  var tally = Tally()
  private var hasAsked = false
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .readQueueSize { hasAsked = true }
    guard step.kind == .kick, !isJudged else { return .silent }
    isJudged = true
    return hasAsked
      ? .held : .broken("driver notifies a queue without having asked for the size of any")
  }
}
