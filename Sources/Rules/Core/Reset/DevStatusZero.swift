import Model
import VirtioSpec

/// A device brings its status back to 0 when it is reset.
///
/// A VDEV_RESET is over when the command is, so the next read tells. On PCI and MMIO a reset may
/// take its time and the specification sets no limit: the rule accuses only a device that was asked
/// a thousand times over a second or more.
///
/// Spec: 2.4.1; for CCW 4.3.3.3.1
struct DevStatusZero: Rule {
  static let id = "core.reset.dev-status-zero"
  static let coveredBy = ["pci.common.dev-reset-on-zero", "ccw.reset.dev-finish-before-end"]
  var tally = Tally()
  /// Reads of another value since the reset `counted`.
  private var reads = 0
  private var counted = RecordReference.none
  private var isDone = false

  static var readLimit: Int { 1000 }
  static var timeLimit: Int64 { 1_000_000_000 }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let reset = session.marks.reset
    guard step.kind == .readStatus, step.hasValue, step.isAccepted, reset.isSet,
      session.writtenStatus.isEmpty
    else { return .silent }
    if counted != reset {
      counted = reset
      reads = 0
      isDone = false
    }
    guard !isDone else { return .silent }
    let value = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    if value.isEmpty {
      isDone = true
      return .held
    }
    reads += 1
    let waited = step.reference.time.subtractingReportingOverflow(reset.time)
    let isLate =
      reads >= Self.readLimit && !waited.overflow && waited.partialValue >= Self.timeLimit
    guard session.profile.transport == .ccw || isLate else { return .silent }
    isDone = true
    let often = reads > 1 ? " \(reads) times" : ""
    return .broken(
      "device returns status \(hex(value))\(often) after a reset instead of 0",
      Evidence(reset, "driver resets the device"))
  }
}
