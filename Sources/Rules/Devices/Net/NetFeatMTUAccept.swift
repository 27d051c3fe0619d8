import Model
import VirtioSpec

/// A driver that knows MTU accepts it where it is offered.
///
/// Traps: a driver older than the feature does not; one that read an MTU which no network may have leaves the feature alone; the device is at
/// fault then.
///
/// Spec: 5.1.4.2
struct NetFeatMTUAccept: Rule {
  static let id = "net.feat.mtu-accept"
  private static let field = ConfigSpan(.net, "mtu")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if let mtu = session.lastRead(Self.field), mtu < 68 { return .silent }
    return session.judgeAcceptance(of: 3, needsSupport: true, at: step)
  }
}
