import Model
import VirtioSpec

/// A reset leaves every event unmapped.
///
/// Traps: the fields have no meaning while MSI-X is disabled.
///
/// Spec: 4.1.5.1.2.1
struct PCIMSIXDevUnmappedOnReset: Rule {
  static let id = "pci.msix.dev-unmapped-on-reset"
  var tally = Tally()
  private var book = VectorBook()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    defer { book.take(step) }
    guard step.readsVector, let event = VectorBook.event(step), book[event] == nil,
      session.marks.resetReadBack.isSet, session.messagesEnabled == .yes
    else { return .silent }
    guard step.value & 0xffff != UInt64(PCIConstants.noVector) else { return .held }
    return .broken(
      "device returns \(Transaction.vectorName(step.value)) for \(step.vectorTarget), which nothing "
        + "was mapped for since the reset",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
