import Model
import VirtioSpec

/// QueueAlign is a power of two.
///
/// Spec: 4.2.4
struct QueueAlignPowerOfTwo: MMIOPowerOfTwo {
  static let id = "legacy.mmio.queue-align-power-of-two"
  static let kind = Transaction.Kind.writeQueueAlign
  static let register = "QueueAlign"
  var tally = Tally()
}
