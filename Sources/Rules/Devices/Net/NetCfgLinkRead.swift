import Model
import VirtioSpec

/// A driver that accepted STATUS looks at the link's state there.
///
/// Judged when a life is over in which the driver used its queues. Trap: what a recording that
/// ends in the middle of a life does not show may come yet.
///
/// Spec: 5.1.4.2
struct NetCfgLinkRead: Rule {
  static let id = "net.cfg.link-read"
  private static let fields = [ConfigSpan(.net, "status")]
  var tally = Tally()
  private var marks = ReadMarks()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    marks.take(step, Self.fields, session)
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard session.hasNegotiated(16), session.marks.driverOK.isSet, session.kicks > 0 else {
      return .silent
    }
    guard !marks.has(0) else { return .held }
    guard end != .recording else { return .undecidable(.endsMidLife) }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureName(16)) and never reads the link's state",
        evidence: [Evidence(session.marks.driverOK, "driver sets DRIVER_OK")],
        place: session.placeOfAcceptance(16, Transaction(.writeStatus, at: session.lastRecord))))
  }
}
