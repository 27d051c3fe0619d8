import Model
import VirtioSpec

/// On PCI a driver has to wait until the status reads 0 after a reset.
///
/// The rule of all transports recommends it; here it is a must.
///
/// Spec: 4.1.4.3.2
struct PCICommonWaitReset: Rule {
  static let id = "pci.common.wait-reset"
  var tally = Tally()
  private var general = DrvWaitStatusZero()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .pci else { return .silent }
    return general.judge(step, in: session)
  }
}
