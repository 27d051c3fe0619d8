import Model
import VirtioSpec

/// The value of QueueNotify names a queue that is set up.
///
/// Spec: 4.2.3.3
struct MMIOKickValue: KickNamesQueue {
  static let id = "mmio.kick.value"
  static let transport = TransportKind.mmio
  static let register = "QueueNotify"
  var tally = Tally()
  var lastGood: Int32 = -1
}
