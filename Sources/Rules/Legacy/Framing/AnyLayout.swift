import Model
import VirtioSpec

/// Without ANY_LAYOUT a legacy driver frames requests as its device type demands: a block request begins
/// with a descriptor of exactly its header, a packet with one of exactly the packet header.
///
/// Spec: 2.7.4.3, 5.1.6.6, 5.2.6.4
struct AnyLayout: Rule {
  static let id = "legacy.framing.any-layout"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.isLegacy, session.told.facts.isWalked,
      let wanted = header(step, session), let first = session.told.buffers.first
    else { return .silent }
    if session.accepted.contains(27) { return .silent }
    if first.length == wanted { return .held }
    return .broken(
      "driver makes chain \(step.value) of queue \(step.queue) available whose first descriptor has"
        + " \(first.length) bytes and not the \(wanted) of the header, without ANY_LAYOUT")
  }

  /// Bytes of the header that is due in this queue; nil where none is known.
  private func header(_ step: Transaction, _ session: Session) -> UInt32? {
    switch session.profile.type?.rawValue {
    case 2: return 16
    case 1:
      // The control queue stands behind the pairs, and its messages have no such header.
      guard step.queue < 2 else { return nil }
      return session.accepted.contains(15) ? 12 : 10
    default: return nil
    }
  }
}
