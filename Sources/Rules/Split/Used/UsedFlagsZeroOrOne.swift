import Model

/// Without EVENT_IDX the flags of the used ring are 0 or 1.
///
/// Spec: 2.7.10.2
struct UsedFlagsZeroOrOne: Rule {
  static let id = "split.used.flags-zero-or-one"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .usedFlags, let ring = session.ring(step.queue), !ring.layout.hasEventIndex
    else { return .silent }
    if step.value <= 1 { return .held }
    // In the other byte order it would be a 1; a legacy guest's may not be known.
    if step.value == 0x100, session.isLegacy, session.profile.guestIsBigEndian == .unknown {
      return .undecidable(.byteOrderNotRecorded)
    }
    // Before the device wrote anything it is what the driver left there.
    if step.traits.contains(.fromSnapshot), !ring.lastUsed.isSet { return .silent }
    return .broken(
      "device writes flags \(hex(step.value)) into the used ring of queue \(step.queue)"
        + ", of which only bit 0 has a meaning")
  }
}
