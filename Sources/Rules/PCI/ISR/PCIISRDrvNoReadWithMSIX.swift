import Model

/// With MSI-X a driver does not read ISR status for the interrupt of a queue.
///
/// Traps: the interrupt may be one for a change of the configuration as well, or the driver has
/// fallen back on the wired interrupt.
///
/// Spec: 4.1.4.5.2
struct PCIISRDrvNoReadWithMSIX: Rule {
  static let id = "pci.isr.drv-no-read-with-msix"
  static let needsWholeLife = false
  var tally = Tally()
  private var last = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readISR, session.messagesEnabled == .yes else {
      return .silent
    }
    let before = last
    last = step.reference
    guard session.lastInterrupt.isSet else { return .undecidable(.interruptsNotRecorded) }
    guard session.lastInterruptIsQueue, session.lastInterrupt > before else { return .silent }
    return .broken(
      "driver reads ISR status upon the interrupt of a queue, with MSI-X enabled",
      Evidence(session.lastInterrupt, "device interrupts for a queue"))
  }
}
