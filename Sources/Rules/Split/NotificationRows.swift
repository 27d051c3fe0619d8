import Model

// The statements about notifications of split queues: what the other side said stands in the flags of
// its ring, or in its event index where EVENT_IDX was accepted.

/// Spec: 2.7.10.1
struct KickWhenFlagClear: OwedNotificationRow {
  static let id = "split.kick.required-when-flag-clear"
  static let isKick = true
  static func concerns(_ ring: RingState) -> Bool {
    !ring.layout.isPacked && !ring.layout.hasEventIndex
  }
}

/// Spec: 2.7.10.1
struct KickAtAvailEvent: OwedNotificationRow {
  static let id = "split.kick.required-at-avail-event"
  static let coveredBy = [KickIgnoresFlags.id]
  static let isKick = true
  static func concerns(_ ring: RingState) -> Bool {
    !ring.layout.isPacked && ring.layout.hasEventIndex
  }
}

/// The same where the device, wrongly, set the flag: the driver went by it.
///
/// Spec: 2.7.10.1
struct KickIgnoresFlags: OwedNotificationRow {
  static let id = "split.kick.drv-ignore-flags-event-idx"
  static let isKick = true
  static func concerns(_ ring: RingState) -> Bool {
    KickAtAvailEvent.concerns(ring) && ring.usedFlags.map { $0 & 1 == 1 } == true
  }
}

/// Spec: 2.7.7.2
struct InterruptWhenFlagClear: OwedNotificationRow {
  static let id = "split.irq.required-when-flag-clear"
  static let isKick = false
  static func concerns(_ ring: RingState) -> Bool {
    !ring.layout.isPacked && !ring.layout.hasEventIndex
  }
}

/// Spec: 2.7.7.2
struct InterruptAtUsedEvent: OwedNotificationRow {
  static let id = "split.irq.required-at-used-event"
  static let coveredBy = [InterruptIgnoresFlags.id]
  static let isKick = false
  static func concerns(_ ring: RingState) -> Bool {
    !ring.layout.isPacked && ring.layout.hasEventIndex
  }
}

/// The same where the driver, wrongly, set the flag: the device went by it.
///
/// Spec: 2.7.7.2
struct InterruptIgnoresFlags: OwedNotificationRow {
  static let id = "split.irq.dev-ignore-flags-event-idx"
  static let isKick = false
  static func concerns(_ ring: RingState) -> Bool {
    InterruptAtUsedEvent.concerns(ring) && ring.availableFlags.map { $0 & 1 == 1 } == true
  }
}

/// Spec: 2.7.10.1
struct NoKickWhenFlagSet: NeedlessNotificationRow {
  static let id = "split.kick.none-when-flag-set"
  static let isKick = true
  static func isUnwanted(_ ring: RingState) -> Bool {
    KickWhenFlagClear.concerns(ring) && ring.usedFlags.map { $0 & 1 == 1 } == true
  }
}

/// Spec: 2.7.10.1
struct NoKickOtherwise: NeedlessNotificationRow {
  static let id = "split.kick.none-otherwise-event-idx"
  static let isKick = true
  static func isUnwanted(_ ring: RingState) -> Bool {
    KickAtAvailEvent.concerns(ring) && ring.availableEvent != nil
  }
}

/// Spec: 2.7.7.2
struct NoInterruptWhenFlagSet: NeedlessNotificationRow {
  static let id = "split.irq.none-when-flag-set"
  static let isKick = false
  static func isUnwanted(_ ring: RingState) -> Bool {
    InterruptWhenFlagClear.concerns(ring) && ring.availableFlags.map { $0 & 1 == 1 } == true
  }
}

/// Spec: 2.7.7.2
struct NoInterruptOtherwise: NeedlessNotificationRow {
  static let id = "split.irq.none-otherwise-event-idx"
  static let isKick = false
  static func isUnwanted(_ ring: RingState) -> Bool {
    InterruptAtUsedEvent.concerns(ring) && ring.usedEvent != nil
  }
}
