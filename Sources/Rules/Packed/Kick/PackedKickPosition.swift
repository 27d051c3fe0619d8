import Model

/// With NOTIFICATION_DATA a kick names the driver's next slot and its wrap counter there.
///
/// Traps: another processor may have made more available since the value was made, and a recorder
/// may note the driver's writes later than the kick; the same value may be sent twice. So every
/// place is taken that the driver stood at within its last two rounds or reaches before the kick
/// after.
///
/// Spec: 2.8.16
struct PackedKickPosition: PackedRingRule {
  static let id = "packed.kick.next-off-wrap"
  var tally = Tally()
  private var paths: [Int32: Path] = [:]

  /// Where a driver stood, counted in slots since the queue began.
  private struct Path {
    var ends: [UInt64] = [0]
    var isCut = false
    var suspect: (place: UInt64, breach: Breach)?

    /// Takes a list; places of two rounds before mean the same again.
    mutating func take(_ count: UInt32, size: UInt32) {
      let end = (ends.last ?? 0) &+ UInt64(count)
      let limit = 2 &* UInt64(size)
      ends.removeAll { $0 &+ limit <= end }
      if ends.count >= 1024 {
        ends.removeFirst()
        isCut = true
      }
      ends.append(end)
    }
  }

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    guard session.accepted.contains(38), ring.isLive else { return .silent }
    guard ring.isComplete else {
      paths[step.queue] = nil
      return .undecidable(.ringHistoryNotWhole)
    }
    switch step.kind {
    case .bufferAvailable:
      if !ring.lastAvailable.isSet { paths[step.queue] = Path() }
      paths[step.queue]?.take(session.told.facts.ringCount, size: ring.layout.size)
      let end = (paths[step.queue]?.ends.last ?? 0) % (2 &* UInt64(ring.layout.size))
      if paths[step.queue]?.suspect?.place == end { paths[step.queue]?.suspect = nil }
      return .silent
    case .kick where step.hasValue: return kick(step, ring)
    default: return .silent
    }
  }

  private mutating func kick(_ step: Transaction, _ ring: RingState) -> Judgement {
    let size = UInt64(ring.layout.size)
    let (offset, wrap) = (step.value >> 16 & 0x7fff, step.value >> 31 & 1 == 1)
    let breach = Breach(
      message: "driver notifies queue \(step.queue) with \(hex(step.value, digits: 8)), which names"
        + " slot \(offset) with wrap counter \(wrap ? 1 : 0), while its next is slot \(ring.nextAvailable)"
        + " with \(ring.availableWrap ? 1 : 0)",
      evidence: [Evidence(ring.lastAvailable, "driver makes a chain available")],
      place: step.reference)
    guard offset < size else { return .broken(breach) }
    if let suspect = paths[step.queue]?.suspect {
      paths[step.queue]?.suspect = nil
      return .broken(suspect.breach)
    }
    let place = wrap ? offset : offset &+ size
    let path = paths[step.queue] ?? Path()
    if path.ends.contains(where: { $0 % (2 &* size) == place }) { return .held }
    if path.isCut { return .undecidable(.causeNotRecorded) }
    paths[step.queue] = path
    paths[step.queue]?.suspect = (place, breach)
    return .silent
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    paths.values.contains { $0.suspect != nil } ? .undecidable(.endsMidLife) : .silent
  }
}
