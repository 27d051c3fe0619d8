import Model
import VirtioSpec

/// A device refuses a command that it does not support.
///
/// Traps: the basic commands are supported always; sense data may be missing, unit check tells enough.
///
/// Spec: 4.3.1.3
struct DevRejectUnknownCommand: Rule {
  static let id = "ccw.dev-reject-unknown-command"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .readStatus, session.profile.spec < .v1_1 {
      return step.isAccepted
        ? .broken("device takes READ_STATUS, which virtio \(session.profile.spec) does not have")
        : .held
    }
    guard step.kind == .otherCommand, ![0x03, 0x04, 0x08, 0xe4].contains(step.index)
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes command \(hex(step.index, digits: 2)), which virtio-ccw does not have")
  }
}
