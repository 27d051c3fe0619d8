import Model
import VirtioSpec

/// A driver reads a vector back after it mapped one.
///
/// Judged at DRIVER_OK, so that a driver may map all its queues first and look at them then.
///
/// Traps: unmapping needs no look; the read may come after other queues were selected.
///
/// Spec: 4.1.5.1.2.2
struct PCIMSIXDrvVerify: Rule {
  static let id = "pci.msix.drv-verify"
  var tally = Tally()
  private var book = VectorBook()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    defer { book.take(step) }
    guard let status = step.statusSet, status.contains(.driverOK),
      !session.marks.driverOK.isSet, session.messagesEnabled != .no
    else { return .silent }
    let mapped = book.mappings.filter { $0.vector != UInt64(PCIConstants.noVector) }
    guard let blind = mapped.first(where: { !$0.isRead }) else {
      return mapped.isEmpty ? .silent : .held
    }
    guard session.messagesEnabled == .yes else { return .undecidable(.topologyNotRecorded) }
    let target = blind.event < 0 ? "changes of the configuration" : "queue \(blind.event)"
    return .broken(
      Breach(
        message:
          "driver maps \(target) to vector \(blind.vector) and does not read the vector back",
        evidence: [Evidence(step.reference, "driver goes on to DRIVER_OK")],
        place: blind.reference))
  }
}
