import Model
import VirtioSpec

/// A legacy driver looks for the device configuration behind the header as it is at the time.
///
/// With MSI-X enabled the header has two vectors of 16 bits at 20 and 22. A driver that reads byte by
/// byte from 20 on through both into the configuration takes them for its beginning.
///
/// Traps: MSI-X has to be known to be enabled; a dump comes from the registers before; one access of
/// the wrong width to a vector is no more than that.
///
/// Spec: 4.1.4.10
struct LegacyPCIDrvConfigOffset: Rule {
  static let id = "legacy.pci.drv-config-offset"
  static let needsWholeLife = false
  var tally = Tally()
  /// The next byte of a run that began at 20, 0 while there is none.
  private var next = 0
  private var first = RecordReference.none
  /// Other fields of the header were read in pieces.
  private var isDump = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy else { return .silent }
    switch step.kind {
    case .readConfig: return judgeConfig(step, session)
    case .readConfigVector where step.width == 1:
      take(20 + Int(step.byteInField), step)
    case .readQueueVector where step.width == 1:
      take(22 + Int(step.byteInField), step)
    default:
      next = 0
      if step.traits.contains(.wrongWidth) { isDump = true }
    }
    return .silent
  }

  private mutating func take(_ offset: Int, _ step: Transaction) {
    if offset == 20 { first = step.reference }
    next = offset == 20 ? 21 : offset == next ? next + 1 : 0
  }

  private mutating func judgeConfig(_ step: Transaction, _ session: Session) -> Judgement {
    let isRun = next == 24 && step.index == 0 && step.width == 1
    next = 0
    guard isRun, !isDump, session.messagesEnabled == .yes else {
      return session.messagesEnabled == .unknown ? .silent : .held
    }
    return .broken(
      "driver reads the configuration byte by byte from offset 20 of the legacy header on, where with "
        + "MSI-X two vectors lie",
      Evidence(first, "driver reads the byte at offset 20"))
  }
}
