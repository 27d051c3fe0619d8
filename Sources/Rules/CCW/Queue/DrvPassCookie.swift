import Model
import VirtioSpec

/// A driver passes the cookie that the last notification of the queue returned.
///
/// Traps: the first one has none; a negative answer is an error and no cookie.
///
/// Spec: 4.3.3.2.2
struct DrvPassCookie: Rule {
  static let id = "ccw.kick.drv-pass-cookie"
  static let needsWholeLife = false
  var tally = Tally()
  private var isHeld = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.traits.contains(.otherCookie) {
      return .broken(
        "driver notifies queue \(step.queue) with another cookie than the last notification returned"
      )
    }
    defer { isHeld = true }
    return isHeld || session.queue(step.queue)?.lastKick.isSet != true ? .silent : .held
  }
}
