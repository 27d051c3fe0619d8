import Model
import VirtioSpec

/// What a notification carries names a queue that is set up.
///
/// Trap: registers that were not recorded show nothing.
///
/// Spec: 4.3.3.2
struct CCWKickValue: KickNamesQueue {
  static let id = "ccw.kick.value"
  static let transport = TransportKind.ccw
  static let register = "GPR3"
  var tally = Tally()
  var lastGood: Int32 = -1
}
