import Model
import VirtioSpec

/// The notification structure reaches the places of queues: a row of a table, with and without
/// NOTIFICATION_DATA, for each queue and for all.
protocol NotifyReachRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  static var isForData: Bool { get }
  /// The statement is about all queues together: it is kept when every queue was read.
  static var isForAll: Bool { get }
}

/// The rule of a row: judges where a queue's place is read.
///
/// Traps: places of some queues only were read; of several structures any may be used.
///
/// Spec: 4.1.4.4.1
struct NotifyReachRule<Row: NotifyReachRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()
  private var reached = QueueMarks()
  private var count: Int32 = 0

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readQueueNotifyOffset, step.hasValue,
      step.queue >= 0, !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard session.offered.knows(38) else { return .undecidable(.featuresNotRead) }
    guard session.offered.contains(38) == Row.isForData else { return .silent }
    let need: UInt64 = Row.isForData ? 4 : 2
    let entries = session.layout.all(.notify)
    guard !entries.isEmpty else { return .undecidable(.topologyNotRecorded) }
    for entry in entries {
      guard let multiplier = entry.capability.extra, let length = entry.capability.length else {
        return .undecidable(.topologyNotRecorded)
      }
      let end = (step.value & 0xffff) * UInt64(multiplier) + need
      guard end > length else { continue }
      return .broken(
        "device places the notifications of queue \(step.queue) up to byte \(end) of a structure of "
          + "\(length) bytes",
        Evidence(entry.reference, "the \(entry.capability.title) has the length \(length)"))
    }
    return kept(step, session)
  }

  private mutating func kept(_ step: Transaction, _ session: Session) -> Judgement {
    guard Row.isForAll else { return .held }
    if reached[step.queue] == nil { count += 1 }
    reached[step.queue] = step.reference
    return session.numQueues >= 0 && count >= session.numQueues ? .held : .silent
  }
}

enum NotifyDevLengthFormula2: NotifyReachRow {
  static let id = "pci.notify.dev-length-formula-2"
  static let coveredBy: [String] = []
  static let isForData = false
  static let isForAll = false
}

enum NotifyDevLengthFormula4: NotifyReachRow {
  static let id = "pci.notify.dev-length-formula-4"
  static let coveredBy: [String] = []
  static let isForData = true
  static let isForAll = false
}

enum NotifyDevLengthAllQueues: NotifyReachRow {
  static let id = "pci.notify.dev-length-all-queues"
  static let coveredBy = ["pci.notify.dev-length-formula-2"]
  static let isForData = false
  static let isForAll = true
}

enum NotifyDevLengthAllQueuesData: NotifyReachRow {
  static let id = "pci.notify.dev-length-all-queues-data"
  static let coveredBy = ["pci.notify.dev-length-formula-4"]
  static let isForData = true
  static let isForAll = true
}
