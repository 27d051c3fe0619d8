import Model
import VirtioSpec

/// A driver repeats a command that ended with EAGAIN.
///
/// Traps: a recording that ends, or a driver that gives the device up, says nothing: the driver must
/// have gone on with other commands for a second.
///
/// Spec: 2.13.2
struct DrvRetryEagain: Rule {
  static let id = "admin.vq.drv-retry-eagain"
  var tally = Tally()
  private var waiting: [(command: AdminCommand, at: RecordReference)] = []
  private var lastCommand = RecordReference.none

  /// Nanoseconds for which the driver goes on with something else.
  private static var patience: Int64 { 1_000_000_000 }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .adminCommand, let command = session.told.command {
      lastCommand = step.reference
      let known = waiting.count
      // What is not known may be what is waited for.
      if !command.isKnown { waiting.removeAll() }
      waiting.removeAll { Self.isSame($0.command, command) }
      return waiting.count < known && command.isKnown ? .held : .silent
    }
    guard step.kind == .adminResult, let result = session.told.result, result.doubt == nil,
      result.status == .eagain, waiting.count < 64
    else { return .silent }
    waiting.append((result.command, step.reference))
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard let first = waiting.first else { return .silent }
    guard lastCommand.time &- first.at.time >= Self.patience else {
      return .undecidable(.endsMidLife)
    }
    return .broken(
      Breach(
        message:
          "driver never repeats \(first.command.name), which the device answered with EAGAIN",
        evidence: [Evidence(lastCommand, "driver sends another command")], place: first.at))
  }

  /// The driver may have changed what does not tell the command from others.
  private static func isSame(_ a: AdminCommand, _ b: AdminCommand) -> Bool {
    a.opcode == b.opcode && a.groupType == b.groupType && a.member == b.member
      && a.object == b.object && a.capability == b.capability
  }
}
