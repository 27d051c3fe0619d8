import Model
import VirtioSpec

/// The statement of one transport that its register reads 1 until a queue's reset is over.
protocol QueueResetBusyRow: Sendable {
  static var id: String { get }
  static var transport: TransportKind { get }
  /// The register as the specification names it.
  static var register: String { get }
}

/// The register read 0, and the queue goes on all the same: it is enabled still, or its rings are
/// written to.
struct QueueResetBusyRule<Row: QueueResetBusyRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { [VQResetDevNoExecute.id] }
  var tally = Tally()
  private var watch = QueueResetWatch()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == Row.transport else { return .silent }
    defer { watch.apply(step) }
    guard let reset = watch.finished(step.queue) else { return .silent }
    let what: String
    switch step.kind {
    case .readQueueEnable where step.hasValue:
      if step.value == 0 { return .held }
      what = "the queue still reads as enabled"
    case .endedRingWritten: what = "the device still writes to its rings"
    default: return .silent
    }
    return .broken(
      "device shows \(Row.register) 0 for queue \(step.queue) while \(what)",
      Evidence(reset.asked, "driver resets queue \(step.queue)"),
      Evidence(reset.done, "\(Row.register) reads 0"))
  }
}

/// Spec: 4.1.4.3.1
struct PCIQueueResetBusy: QueueResetBusyRow {
  static let id = "pci.common.dev-qreset-busy-one"
  static let transport = TransportKind.pci
  static let register = "queue_reset"
}

/// Spec: 4.2.2.1
struct MMIOQueueResetBusy: QueueResetBusyRow {
  static let id = "mmio.dev-qreset-busy-one"
  static let transport = TransportKind.mmio
  static let register = "QueueReset"
}
