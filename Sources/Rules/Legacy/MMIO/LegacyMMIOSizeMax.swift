import Model
import VirtioSpec

/// The size of a queue of legacy virtio-mmio is at most QueueSizeMax.
///
/// Spec: 4.2.4
struct LegacyMMIOSizeMax: SizeWithinMaximum {
  static let id = "legacy.mmio.size-max"
  static let needsWholeLife = false
  static let register = "QueueSizeMax"
  var tally = Tally()

  static func applies(_ session: Session) -> Bool { session.profile.mmioVersion == 1 }
}
