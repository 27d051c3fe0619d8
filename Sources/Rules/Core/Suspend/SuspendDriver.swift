import Model
import VirtioSpec

/// A rule that a driver leaves the device alone from SUSPEND on.
///
/// Trap: what another CPU did just before may stand just behind the write in the recording.
protocol SuspendedAlone: Rule {
  static var kind: Transaction.Kind { get }
  /// The driver has to be quiet until the device runs again, not only until it asked it to.
  static var waitsForResume: Bool { get }
}

extension SuspendedAlone {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == Self.kind || Self.waitsForResume && step.kind == .writeConfig
    else { return .silent }
    let state = session.suspension
    guard state.isActive else { return state.over.isSet ? .held : .silent }
    guard Self.waitsForResume == state.resumeRequested.isSet, !step.traits.contains(.fromHostLog)
    else { return .silent }
    let since = Self.waitsForResume ? state.resumeRequested : state.requested
    guard session.lastRecord > since || state.suspended.isSet else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver \(step.deed) "
        + (Self.waitsForResume ? "before the device runs again" : "after it set SUSPEND"),
      Evidence(state.requested, "driver sets SUSPEND"),
      Evidence(state.resumeRequested, "driver sets DRIVER_OK again"))
  }
}
