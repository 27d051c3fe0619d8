import Model
import VirtioSpec

/// A rule that a device sends no notification in some state.
///
/// Traps: a line that several functions share names no queue, so only what the recording can attribute
/// counts; an interrupt may be on its way when the state begins, so another step has to lie between.
protocol QuietDevice: Rule {
  /// The record since which the device has to be quiet; none where it need not.
  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference
  /// Whether the interrupt is of the kind that is forbidden.
  static func concerns(_ step: Transaction) -> Bool
  /// What the device did, behind "device".
  static func text(_ step: Transaction) -> String
  static func reason(_ session: Session) -> String
}

extension QuietDevice {
  static func concerns(_ step: Transaction) -> Bool { step.index == 0 && step.queue >= 0 }
  static func text(_ step: Transaction) -> String {
    step.index == 1
      ? "notifies of a configuration change" : "notifies of used buffers of queue \(step.queue)"
  }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .interrupt, Self.concerns(step) else { return .silent }
    let since = Self.quietSince(step, session)
    guard since.isSet else { return .held }
    guard session.lastRecord > since else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device \(Self.text(step)) \(Self.reason(session))", Evidence(since, "since this record"))
  }
}
