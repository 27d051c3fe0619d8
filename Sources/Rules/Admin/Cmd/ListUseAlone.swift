import Model
import VirtioSpec

/// A driver sends LIST_USE while no other command is with the device.
///
/// Told when the other command comes back: that it was still out is certain only then.
///
/// Traps: a recorder that samples the rings may note the end of a command late.
///
/// Spec: 2.12.1.6
struct DrvListUseAlone: Rule {
  static let id = "admin.cmd.drv-list-use-alone"
  static let needsWholeLife = false
  var tally = Tally()
  /// A command that was out when a LIST_USE came.
  private var waiting: [(command: AdminCommand, listUse: RecordReference)] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .adminCommand, let command = session.told.command {
      guard command.isKnown, command.opcode == .listUse else { return .silent }
      let others = session.admin?.inFlight ?? []
      for other in others.prefix(64) where waiting.count < 64 {
        waiting.append((other, command.reference))
      }
      return others.isEmpty ? .held : .silent
    }
    guard step.kind == .adminResult, let result = session.told.result else { return .silent }
    let place = waiting.firstIndex {
      $0.command.queue == result.command.queue && $0.command.id == result.command.id
        && $0.command.reference == result.command.reference
    }
    guard let place else { return .silent }
    let (other, listUse) = waiting.remove(at: place)
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      Breach(
        message:
          "driver sends LIST_USE while \(other.isKnown ? other.opcode.name : "a command") is not"
          + " complete",
        evidence: [
          Evidence(other.reference, "driver sends the other command"),
          Evidence(step.reference, "device completes it"),
        ], place: listUse))
  }
}
