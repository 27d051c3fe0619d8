import Model
import VirtioSpec

/// From revision 1 on SET_VQ carries three addresses.
///
/// Spec: 4.3.2.2
struct CCWBlockFormat: QueueBlockFormat {
  static let id = "ccw.queue.block-format"
  static let isLegacy = false
  var tally = Tally()
}
