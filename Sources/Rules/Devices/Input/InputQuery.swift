import Model
import VirtioSpec

/// What a driver has asked an input device for.
struct InputQuery: Sendable {
  private(set) var hasSelect = false
  private(set) var hasSubsel = false
  /// The value of `select`, nil while it is not known, and where it was written.
  private(set) var select: UInt8?
  private(set) var selectedAt = RecordReference.none

  /// Takes a write of the configuration; channel I/O writes everything from 0 on.
  mutating func take(_ step: Transaction, _ session: Session) {
    let isWhole = session.profile.transport == .ccw
    let first = isWhole ? 0 : Int(step.index)
    let end = Int(step.index) + Int(step.width)
    if first == 0, end > 0 { hasSelect = true }
    if first <= 1, end > 1 { hasSubsel = true }
    guard step.index == 0, step.width > 0 else { return }
    select = step.hasValue && step.isAccepted ? UInt8(truncatingIfNeeded: step.value) : nil
    selectedAt = step.reference
  }
}
