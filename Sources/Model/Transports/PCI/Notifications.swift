import VirtioSpec

/// The notification structure: which queue a write to it is about.
///
/// Spec: 4.1.4.4, Notification structure layout; 4.1.5.2, Available Buffer Notifications.
extension PCIRegisters {
  /// The kick that a write is; `accepted` are the features that the driver accepted.
  func notification(
    _ access: PCIAccess, multiplier: Int64, accepted: FeatureSet
  ) -> Transaction {
    guard access.isWrite else {
      return access.step(
        .readRegister, .modern, index: UInt32(truncatingIfNeeded: access.offset))
    }
    var step = access.step(.kick, .modern, index: UInt32(truncatingIfNeeded: access.offset))
    let hasNotificationData = accepted.contains(38)
    if access.width != 0, access.width != (hasNotificationData ? 4 : 2) {
      step.traits.insert(.wrongWidth)
    }
    step.queue =
      queueAt(access.offset, multiplier, &step)
      ?? (accepted.contains(39) || !access.hasData ? -1 : Int32(access.value & 0xffff))
    return step
  }

  /// The queue whose place this is, where queue_notify_off values were read and tell one.
  private func queueAt(_ offset: Int, _ multiplier: Int64, _ step: inout Transaction) -> Int32? {
    guard multiplier > 0 else { return nil }
    let inSlot = Int64(offset) % multiplier
    if inSlot != 0 { step.byteInField = UInt8(clamping: inSlot) }
    return queue(withOffset: UInt64(Int64(offset) / multiplier))
  }
}
