import Model

/// Without EVENT_IDX the flags of the available ring are 0 or 1.
///
/// Spec: 2.7.7.1
struct AvailFlagsZeroOrOne: Rule {
  static let id = "split.avail.flags-zero-or-one"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableFlags, let ring = session.ring(step.queue),
      !ring.layout.hasEventIndex
    else { return .silent }
    if step.value <= 1 { return .held }
    // In the other byte order it would be a 1; a legacy guest's may not be known.
    if step.value == 0x100, session.isLegacy, session.profile.guestIsBigEndian == .unknown {
      return .undecidable(.byteOrderNotRecorded)
    }
    // A ring that is not in use yet may hold anything.
    if step.traits.contains(.fromSnapshot), !ring.lastAvailable.isSet { return .silent }
    return .broken(
      "driver writes flags \(hex(step.value)) into the available ring of queue \(step.queue)"
        + ", of which only bit 0 has a meaning")
  }
}
