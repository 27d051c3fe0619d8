import Model

/// The size of a queue of virtio-mmio is at most QueueSizeMax.
///
/// Spec: 4.2.2.2
struct MMIOSizeMax: SizeWithinMaximum {
  static let id = "mmio.queue.size-max"
  static let needsWholeLife = false
  static let register = "QueueSizeMax"
  var tally = Tally()

  static func applies(_ session: Session) -> Bool { session.profile.mmioVersion == 2 }
}
