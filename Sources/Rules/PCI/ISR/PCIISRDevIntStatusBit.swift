import Model

/// Without MSI-X the Interrupt Status bit of the PCI status register says whether ISR status is 0.
///
/// Shown only one way: a set bit means that something waits, and nothing but a read takes it away.
///
/// Traps: an event may come between a clear bit and the read.
///
/// Spec: 4.1.4.5.1
struct PCIISRDevIntStatusBit: Rule {
  static let id = "pci.isr.dev-int-status-bit"
  static let needsWholeLife = false
  var tally = Tally()
  private var asserted = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readPCIConfig:
      asserted = step.index == 6 && step.value & 8 != 0 ? step.reference : .none
    case .writeStatus:
      if step.isStatusReset { asserted = .none }
    case .readISR where step.hasValue && session.interruptAsserted && asserted.isSet:
      let status = asserted
      asserted = .none
      guard session.messagesEnabled != .yes else { return .silent }
      guard step.value & 0xff == 0 else { return .held }
      return .broken(
        "device returns ISR status 0x00 with the Interrupt Status bit of PCI set",
        Evidence(status, "device returns the PCI status register with bit 3 set"))
    default: break
    }
    return .silent
  }
}
