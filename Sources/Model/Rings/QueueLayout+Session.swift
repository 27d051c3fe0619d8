extension QueueLayout {
  /// The layout of a queue as a session's driver set it up; nil while size or address are not known.
  public init?(_ queue: Queue, of session: Session) {
    guard queue.size > 0, queue.descriptors != 0 else { return nil }
    if queue.driverArea == 0 && queue.deviceArea == 0 {
      self = .legacy(address: queue.descriptors, size: queue.size, alignment: queue.alignment)
    } else {
      self.init(
        size: queue.size, descriptors: queue.descriptors, driverArea: queue.driverArea,
        deviceArea: queue.deviceArea)
    }
    // Bits 28, 29, 33, 34 and 35: INDIRECT_DESC, EVENT_IDX, ACCESS_PLATFORM, RING_PACKED, IN_ORDER.
    allowsIndirect = session.accepted.contains(28) || !session.accepted.knows(28)
    hasEventIndex = session.accepted.contains(29)
    mayBeTranslated = session.accepted.contains(33) && session.profile.isTranslated != .no
    isInOrder = session.accepted.contains(35)
    isPacked = session.accepted.contains(34)
    isBigEndian =
      session.profile.guestIsBigEndian == .yes && session.isLegacy && !session.acceptedVersion1
  }
}
