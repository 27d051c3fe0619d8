import Model
import VirtioSpec

/// Rules about the width of accesses, which concern every step through the modern interface.
struct PCIAccessRules: Area {
  private var naturalWidth = PCIAccessNaturalWidth()
  private var wideAs32 = PCIAccessWideAs32()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard session.profile.transport == .pci, step.interface == .modern else { return }
    switch step.kind {
    case .readConfig, .writeConfig, .readQueueAddress, .writeQueueAddress:
      out.run(&naturalWidth, step, session)
      out.run(&wideAs32, step, session)
    case .kick, .readISR: break
    default:
      // Any other field: only an access of the wrong width has anything to tell.
      if step.traits.contains(.wrongWidth) || step.kind == .writeStatus {
        out.run(&naturalWidth, step, session)
      }
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCIAccessNaturalWidth.self, naturalWidth.tally),
      (PCIAccessWideAs32.self, wideAs32.tally),
    ]
  }
}
