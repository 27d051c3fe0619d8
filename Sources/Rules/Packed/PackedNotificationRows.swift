import Model

// The statements about notifications of packed queues: what the other side said stands in its event
// suppression structure.

/// Spec: 2.8.10
struct PackedKickRequired: OwedNotificationRow {
  static let id = "packed.kick.required"
  static let isKick = true
  static func concerns(_ ring: RingState) -> Bool { ring.layout.isPacked }
}

/// Spec: 2.8.10
struct PackedInterruptRequired: OwedNotificationRow {
  static let id = "packed.irq.required"
  static let isKick = false
  static func concerns(_ ring: RingState) -> Bool { ring.layout.isPacked }
}

/// Spec: 2.8.10
struct PackedNoKickWhenDisabled: NeedlessNotificationRow {
  static let id = "packed.kick.none-when-disabled"
  static let isKick = true
  static func isUnwanted(_ ring: RingState) -> Bool {
    ring.layout.isPacked && ring.deviceEvent?.mode == 1
  }
}
