import Model

/// With NOTIFICATION_DATA a kick names the next slot and wrap counter of the driver.
///
/// Traps: another processor may have added descriptors since; the same value may be sent again.
///
/// Spec: 2.8.16
struct KickNextOffWrap: Rule {
  static let id = "packed.kick.next-off-wrap"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick, step.hasValue, session.accepted.contains(38),
      let ring = session.ring(step.queue), ring.isLive, ring.layout.isPacked
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let slot = UInt32(truncatingIfNeeded: step.value >> 16) & 0x7fff
    let wrap = step.value >> 31 & 1 == 1
    // Anywhere between the device's place and the driver's it may have stood when it made the value.
    if slot < ring.layout.size {
      let told = wrap ? slot : slot &+ ring.layout.size
      let next = ring.availableWrap ? ring.nextAvailable : ring.nextAvailable &+ ring.layout.size
      let behind = (next &+ 2 &* ring.layout.size &- told) % (2 &* ring.layout.size)
      if behind <= ring.layout.size { return .held }
    }
    return .broken(
      "driver notifies queue \(step.queue) with next_off \(slot) and next_wrap \(wrap ? 1 : 0), where"
        + " its next slot is \(ring.nextAvailable) with wrap counter \(ring.availableWrap ? 1 : 0)",
      Evidence(ring.lastAvailable, "driver makes a buffer available"))
  }
}
