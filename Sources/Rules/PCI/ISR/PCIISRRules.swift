import Model
import VirtioSpec

/// Rules about ISR status, and which steps each one sees.
///
/// Reads of it are what a device with a wired interrupt does by the million: see `watches`.
struct PCIISRRules: Area {
  private var intStatusBit = PCIISRDevIntStatusBit()
  private var readClears = PCIISRDevReadClears()
  private var noReadWithMSIX = PCIISRDrvNoReadWithMSIX()

  /// Whether a read of ISR status has anything to tell.
  @inline(__always)
  static func watches(_ session: Session) -> Bool {
    session.messagesEnabled == .yes || session.interruptAsserted || !session.marks.driverOK.isSet
  }

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard session.profile.transport == .pci else { return }
    switch step.kind {
    case .readISR:
      guard Self.watches(session) else { return }
      out.run(&intStatusBit, step, session)
      out.run(&readClears, step, session)
      out.run(&noReadWithMSIX, step, session)
    case .readPCIConfig: out.run(&intStatusBit, step, session)
    case .writeStatus:
      out.run(&intStatusBit, step, session)
      out.run(&readClears, step, session)
    default:
      // The rest neither reads nor clears it.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCIISRDevIntStatusBit.self, intStatusBit.tally),
      (PCIISRDevReadClears.self, readClears.tally),
      (PCIISRDrvNoReadWithMSIX.self, noReadWithMSIX.tally),
    ]
  }
}
