import Model
import VirtioSpec

/// A driver checks that a queue was really reset.
///
/// Trap: another queue may be selected in between.
///
/// Spec: 2.6.1.1.2
struct VQResetDrvVerify: Rule {
  static let id = "core.vq-reset.drv-verify"
  static let coveredBy = [MMIOQresetWait.id, "pci.common.queue-reset-wait"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let isMMIO = session.profile.transport == .mmio
    return session.judgeQueueResetAwaited(step, register: isMMIO ? "QueueReset" : "queue_reset")
  }
}
