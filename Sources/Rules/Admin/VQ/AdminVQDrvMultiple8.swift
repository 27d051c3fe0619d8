import Model

/// Both parts of a command are multiples of 8 bytes long; what is shorter is padded.
///
/// Spec: 2.13.2
struct AdminVQDrvMultiple8: Rule {
  static let id = "admin.vq.drv-multiple-8"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.isAdminQueue(step.queue) == true
    else { return .silent }
    let facts = session.told.facts
    guard facts.isWalked else { return .undecidable(.noRingMemory) }
    guard facts.readableBytes % 8 != 0 || facts.writableBytes % 8 != 0 else { return .held }
    return .broken(
      "driver makes administration command \(step.value) of queue \(step.queue) available "
        + "of \(facts.readableBytes) bytes to read and \(facts.writableBytes) to write, which are no multiples of 8"
    )
  }
}
