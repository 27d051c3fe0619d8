import Model

/// A command has a part for the device to read and one for it to write, and neither is empty.
///
/// Spec: 2.13.2
struct AdminVQDrvNonzeroParts: Rule {
  static let id = "admin.vq.drv-nonzero-parts"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.isAdminQueue(step.queue) == true
    else { return .silent }
    let facts = session.told.facts
    guard facts.isWalked else { return .undecidable(.noRingMemory) }
    guard facts.readableCount == 0 || facts.writableCount == 0 else { return .held }
    return .broken(
      "driver makes administration command \(step.value) of queue \(step.queue) available "
        + "without \(facts.readableCount == 0 ? "a part to read" : "a part to write")")
  }
}
