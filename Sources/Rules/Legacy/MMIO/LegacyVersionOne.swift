import Model
import VirtioSpec

/// The version that a device of virtio-mmio tells decides which registers there are.
///
/// Trap: a tool that dumps everything is no driver (`RegisterSweep`).
///
/// Spec: 4.2.4
struct LegacyVersionOne: Rule {
  static let id = "legacy.mmio.version-one"
  static let coveredBy = [MMIOKnownOffsets.id]
  static let needsWholeLife = false
  var tally = Tally()
  private let offsets = MMIOKnownOffsets()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeQueueEnable, .writeQueuePFN: session.profile.mmioVersion > 0 ? .held : .silent
    case .readRegister, .writeRegister:
      if case .broken(let breach) = offsets.judge(step, in: session) {
        .broken(breach)
      } else {
        .silent
      }
    default: .silent
    }
  }
}
