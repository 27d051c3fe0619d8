import Model
import VirtioSpec

/// Through the legacy interface of PCI a driver takes the size of a queue as it is.
///
/// Spec: 4.1.5.1.3.1
struct LegacyPCIQueueSizeFixed: Rule {
  static let id = "legacy.pci.queue-size-fixed"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .pci, step.interface == .legacy else { return .silent }
    if step.kind == .writeQueuePFN { return .held }
    guard step.kind == .writeRegister, step.index == UInt32(LegacyHeaderField.queueSize.offset)
    else { return .silent }
    return .broken("driver writes queue_size of the legacy header, which is read-only")
  }
}
