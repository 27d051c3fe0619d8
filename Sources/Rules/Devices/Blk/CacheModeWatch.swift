import Model
import VirtioSpec

/// What lies between two reads of a legacy block device's cache mode.
///
/// A change can be laid to a step only where nothing else happened: no request, no other write, and
/// no interrupt that told of a change from outside.
struct CacheModeWatch: Sendable {
  private var mode: UInt64?
  private var place = RecordReference.none
  private var kicks: UInt64 = 0
  private var interrupts: UInt64 = 0
  private var cause = Cause.none
  private var causedAt = RecordReference.none

  /// What the driver did since the last read.
  enum Cause: Sendable {
    case none
    /// A status write that must leave the mode alone.
    case status
    /// A write of features.
    case features
    /// Several things, or one that may change the mode.
    case other
  }

  /// Two reads with one cause between them.
  struct Pair {
    var before: UInt64
    var now: UInt64
    var place: RecordReference
    var cause: Cause
    var causedAt: RecordReference
  }

  private static let field = ConfigSpan(.blk, "writeback")

  mutating func take(_ step: Transaction, _ session: Session) -> Pair? {
    guard step.interface == .legacy else { return nil }
    switch step.kind {
    case .readConfig:
      guard Self.field.encloses(step), step.hasValue, step.isAccepted else { return nil }
      return takeRead(step, session)
    case .writeConfig: if Self.field.overlaps(step) { note(.other, step) }
    case .writeStatus: note(Self.leavesModeAlone(step, session) ? .status : .other, step)
    case .writeDriverFeatures: note(.features, step)
    default: break
    }
    return nil
  }

  private mutating func takeRead(_ step: Transaction, _ session: Session) -> Pair? {
    let isQuiet = kicks == session.kicks && interrupts == session.configInterrupts
    var pair: Pair?
    if let mode, isQuiet, cause == .status || cause == .features {
      pair = Pair(
        before: mode, now: step.value, place: place, cause: cause, causedAt: causedAt)
    }
    mode = step.value
    place = step.reference
    kicks = session.kicks
    interrupts = session.configInterrupts
    cause = .none
    return pair
  }

  private mutating func note(_ next: Cause, _ step: Transaction) {
    cause = cause == .none ? next : .other
    causedAt = step.reference
  }

  /// DRIVER_OK of a driver without CONFIG_WCE may settle the mode; so may a reset.
  private static func leavesModeAlone(_ step: Transaction, _ session: Session) -> Bool {
    guard step.hasValue, step.value != 0 else { return false }
    let setsDriverOK =
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0
      && !session.writtenStatus.contains(.driverOK)
    return !setsDriverOK || session.accepted.contains(11)
  }
}
