import Model

/// A read through the window returns what the register holds.
///
/// Shown on num_queues, which stays the same through a life.
///
/// Traps: values that change between the two reads, or are cleared by one, as ISR status is.
///
/// Spec: 4.1.4.9.1
struct PCICfgCapDevRead: Rule {
  static let id = "pci.cfgcap.dev-read"
  static let needsWholeLife = false
  var tally = Tally()
  private var direct: (value: UInt64, reference: RecordReference)?
  private var through: (value: UInt64, reference: RecordReference)?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    if step.isStatusReset {
      direct = nil
      through = nil
    }
    guard step.kind == .readNumQueues, step.hasValue, !step.traits.contains(.wrongWidth) else {
      return .silent
    }
    let isWindow = step.traits.contains(.throughWindow)
    let other = isWindow ? direct : through
    if isWindow {
      through = (step.value, step.reference)
    } else {
      direct = (step.value, step.reference)
    }
    guard let other else { return .silent }
    guard other.value != step.value else { return .held }
    let (here, there) = isWindow ? (step.value, other.value) : (other.value, step.value)
    return .broken(
      "device returns num_queues \(here) through the window, and \(there) directly",
      Evidence(other.reference, "device returns num_queues \(other.value)"))
  }
}
