import Model
import VirtioSpec

/// A device's configuration space is one that PCI allows.
///
/// Looks at what virtio rests on: the capability list, and the kinds of base address registers.
/// Traps: a list that was not read to its end; registers that emulators leave out.
///
/// Spec: 4.1.1; PCI Local Bus 3.0, 6.2.5.1 and 6.7
struct PCIBusConformant: Rule {
  static let id = "pci.bus.conformant"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .pciBAR: judge(PCIBar(step))
    case .pciCapabilitiesEnd: judge(PCIListFault(step))
    default: .silent
    }
  }

  private func judge(_ bar: PCIBar) -> Judgement {
    if bar.kind == .reserved {
      return .broken("device gives BAR \(bar.index) a memory type that PCI reserves")
    }
    guard bar.kind == .memory64, bar.index == 5 else { return .held }
    return .broken("device makes BAR 5 a register of 64 bits, and there is no BAR 6 for the rest")
  }

  private func judge(_ fault: PCIListFault) -> Judgement {
    switch fault {
    case .none: .held
    case .loop: .broken("device links its capability list into a loop")
    case .low: .broken("device links its capability list to a register below 0x40")
    case .unaligned: .broken("device links its capability list to a register that is not aligned")
    }
  }
}
