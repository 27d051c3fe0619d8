import Model
import VirtioSpec

/// The size in SET_VQ is at most the one in READ_VQ_CONF.
///
/// Trap: a size of 0 takes the queue away.
///
/// Spec: 4.3.2.2
struct CCWSizeMax: SizeWithinMaximum {
  static let id = "ccw.queue.size-max"
  static let needsWholeLife = false
  static let register = "READ_VQ_CONF"
  var tally = Tally()

  static func applies(_ session: Session) -> Bool { session.profile.transport == .ccw }
}
