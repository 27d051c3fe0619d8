import Model
import VirtioSpec

/// A driver that takes a device over begins with a reset.
///
/// Traps: an ACKNOWLEDGE before the reset is no breach when the reset follows, so the rule waits for
/// the next step of the initialization. A recording that begins with a status of 0 may have missed
/// the reset.
///
/// Spec: 3.1.1, step 1
struct ResetFirst: Rule {
  static let id = "core.init.reset-first"
  var tally = Tally()
  /// The status write that began an initialization without a reset.
  private var start = RecordReference.none
  private var startValue = DeviceStatus()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus else {
      return step.kind == .writeDriverFeatures || step.setsUpQueue ? goOn(session) : .silent
    }
    guard let written = step.statusSet else { return .silent }
    if start.isSet { return written.contains(.failed) ? .silent : goOn(session) }
    guard beginsLife(written, session) else { return .silent }
    let isFirst = !session.marks.lastStatusWrite.isSet || session.writtenStatus.isEmpty
    if isFirst, session.marks.reset.isSet { return .held }
    if isFirst, session.startInferred { return .undecidable(.startsMidLife) }
    start = step.reference
    startValue = written
    return written.contains(.driver) ? goOn(session) : .silent
  }

  /// Whether the write is the first step of an initialization.
  private func beginsLife(_ written: DeviceStatus, _ session: Session) -> Bool {
    if session.writtenStatus.isEmpty {
      return written.contains(.acknowledge) || written.contains(.driver)
    }
    // ACKNOWLEDGE alone is written for nothing else: another driver begins on a device in use.
    return session.marks.driverOK.isSet && written == .acknowledge
  }

  /// The initialization goes on without a reset.
  private mutating func goOn(_ session: Session) -> Judgement {
    guard start.isSet else { return .silent }
    defer { start = .none }
    return .broken(
      Breach(
        message: "driver begins the initialization with status \(hex(startValue))"
          + " and does not reset the device first",
        evidence: [
          Evidence(
            session.marks.driverOK < start ? session.marks.driverOK : .none,
            "an earlier driver had set DRIVER_OK")
        ], place: start))
  }
}
