import Model
import VirtioSpec

/// At revision 0 SET_VQ carries one address and the alignment.
///
/// Trap: a block of zeroes takes the queue away.
///
/// Spec: 4.3.2.2.2
struct LegacyCCWBlockFormat: QueueBlockFormat {
  static let id = "legacy.ccw.queue-block-format"
  static let isLegacy = true
  var tally = Tally()
}
