import Model
import VirtioSpec

/// A device copes with kicks that bring nothing new.
///
/// Traps: it may fail for another reason, so that the kick must be all that happened.
///
/// Spec: 2.7.10.2
struct KickDevSpurious: Rule {
  static let id = "split.kick.dev-spurious"
  var tally = Tally()
  /// A kick that brought nothing, with nothing outstanding.
  private var needless = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .kick:
      let ring = session.ring(step.queue)
      let brings = ring.map { $0.lastKick < $0.lastAvailable || !$0.lastKick.isSet } ?? true
      needless = .none
      guard !brings, session.marks.driverOK.isSet else { return .silent }
      let isQuiet = session.rings.allSatisfy { $0.isComplete && $0.outstandingCount == 0 }
      if isQuiet { needless = step.reference }
      return .silent
    case .bufferAvailable:
      needless = .none
      return .silent
    case .readStatus:
      let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
      guard step.hasValue, needless.isSet else { return .silent }
      defer { needless = .none }
      guard status.contains(.needsReset), !session.marks.needsReset.isSet else { return .held }
      return .broken(
        "device sets DEVICE_NEEDS_RESET after a kick that brought nothing new",
        Evidence(needless, "driver notifies, with nothing new available"))
    default: return .silent
    }
  }
}
