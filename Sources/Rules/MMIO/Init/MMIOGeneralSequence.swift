import Model
import VirtioSpec

/// On virtio-mmio the initialization follows the general sequence.
///
/// Trap: a legacy driver, or one of which that is not known, follows another one.
///
/// Spec: 4.2.3.1.1
struct MMIOGeneralSequence: Rule {
  static let id = "mmio.init.general-sequence"
  static let coveredBy = [SequenceOrder.id] + SequenceOrder.coveredBy
  var tally = Tally()
  private var order = SequenceOrder()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    session.isModern ? order.judge(step, in: session) : .silent
  }
}
