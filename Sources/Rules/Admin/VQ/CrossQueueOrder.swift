import Model
import VirtioSpec

/// A driver that spreads commands over several queues sees to their order itself.
///
/// Seen where two commands on one resource object, of which one creates or destroys it, are out on
/// two queues at once. Told when the first comes back: that it was still out is certain only then.
///
/// Traps: which other commands depend on each other is a guess.
///
/// Spec: 2.13.2
struct DrvCrossQueueOrder: Rule {
  static let id = "admin.vq.drv-cross-queue-order"
  static let needsWholeLife = false
  var tally = Tally()
  private var pairs: [(first: AdminCommand, second: AdminCommand)] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .adminCommand {
      guard let command = session.told.command, command.isKnown, let name = command.object,
        let admin = session.admin
      else { return .silent }
      let other = admin.inFlight.first {
        $0.queue != command.queue && $0.isKnown && $0.object == name
          && (Self.makes($0) || Self.makes(command))
      }
      guard let other else { return Self.makes(command) ? .held : .silent }
      if pairs.count < 64 { pairs.append((other, command)) }
      return .silent
    }
    guard step.kind == .adminResult, let result = session.told.result else { return .silent }
    let place = pairs.firstIndex {
      $0.first.queue == result.command.queue && $0.first.id == result.command.id
        && $0.first.reference == result.command.reference
    }
    guard let place else { return .silent }
    let (first, second) = pairs.remove(at: place)
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      Breach(
        message:
          "driver sends \(second.opcode.name) on queue \(second.queue) while \(first.opcode.name) of"
          + " the same object is not complete on queue \(first.queue)",
        evidence: [
          Evidence(first.reference, "driver sends the first command"),
          Evidence(step.reference, "device completes it"),
        ], place: second.reference))
  }

  private static func makes(_ command: AdminCommand) -> Bool {
    command.opcode == .objectCreate || command.opcode == .objectDestroy
  }
}
