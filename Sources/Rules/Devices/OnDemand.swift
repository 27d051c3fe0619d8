import Model

/// The area of one device type, made when the first step of such a device comes.
///
/// A recording holds a few types, and a session has one: rules of the others cost it a pointer.
struct OnDemand<Rules: Area>: Sendable {
  private var made: [Rules] = []

  init() {}

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    if made.isEmpty { made.append(Rules()) }
    made[0].judge(step, in: session, &out)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    guard !made.isEmpty else { return }
    made[0].conclude(session, end: end, &out)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] { (made.first ?? Rules()).rules }
}
