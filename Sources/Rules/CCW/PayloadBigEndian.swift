import Model
import VirtioSpec

/// The structures of channel commands are big-endian.
///
/// A revision that makes sense only with its bytes reversed shows a driver that is not. Trap: the
/// configuration is little-endian with a modern device.
///
/// Spec: 4.3.1
struct PayloadBigEndian: Rule {
  static let id = "ccw.payload-big-endian"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, step.hasValue else { return .silent }
    guard step.value == 0x100 || step.value == 0x200 else { return .held }
    return .broken(
      "driver tries revision \(step.value), which is \(step.value >> 8) with its bytes in reverse")
  }
}
