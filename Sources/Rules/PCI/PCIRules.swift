import Model
import VirtioSpec

/// Every rule about the PCI transport, an area at a time.
struct PCIRules: Area {
  private var layout = PCILayoutRules()
  private var common = PCICommonRules()
  private var access = PCIAccessRules()
  private var notify = PCINotifyRules()
  private var msix = PCIMSIXRules()
  private var isr = PCIISRRules()
  private var kick = PCIKickRules()
  private var window = PCIWindowRules()
  private var detect = PCIDetectRules()

  /// Whether any of them has something to say of a step that a running device makes by the million.
  @inline(__always)
  static func watches(_ step: Transaction, _ session: Session) -> Bool {
    guard session.profile.transport == .pci else { return false }
    switch step.kind {
    case .readISR: return PCIISRRules.watches(session)
    case .readConfigGeneration: return session.generationAwaited
    case .buffersUsed, .buffersTaken: return session.hasResetQueue
    default: return false
    }
  }

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard session.profile.transport == .pci else { return }
    if step.kind == .kick { return kick.judge(step, in: session, &out) }
    layout.judge(step, in: session, &out)
    common.judge(step, in: session, &out)
    access.judge(step, in: session, &out)
    notify.judge(step, in: session, &out)
    msix.judge(step, in: session, &out)
    isr.judge(step, in: session, &out)
    window.judge(step, in: session, &out)
    detect.judge(step, in: session, &out)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    window.conclude(session, end: end, &out)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    var all = layout.rules
    all += common.rules
    all += access.rules
    all += notify.rules
    all += msix.rules
    all += isr.rules
    all += kick.rules
    all += window.rules
    all += detect.rules
    return all
  }
}
