import Model
import VirtioSpec

/// A device processes the commands of one queue in the order in which they came.
///
/// Seen where an object is created and destroyed in one go: who finds no object to destroy did not
/// create it first.
///
/// Traps: commands may come back in another order than they were processed in.
///
/// Spec: 2.13.1
struct AdminInOrder: Rule {
  static let id = "admin.vq.dev-in-order"
  var tally = Tally()
  /// Creations that were still out when a later destruction found no object.
  private var early: [(create: AdminCommand, destroyed: RecordReference)] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, result.doubt == nil,
      let admin = session.admin, let name = result.command.object
    else { return .silent }
    let command = result.command
    if command.opcode == .objectCreate {
      guard
        let place = early.firstIndex(where: {
          $0.create.queue == command.queue && $0.create.id == command.id
            && $0.create.reference == command.reference
        })
      else { return .silent }
      let destroyed = early.remove(at: place).destroyed
      return result.isOK ? broken(name, command, destroyed) : .silent
    }
    guard command.opcode == .objectDestroy, result.isOK || result.status == .enxio
    else { return .silent }
    if let object = admin.object(name), object.isAlive, object.queue == command.queue,
      object.sentAt < command.reference, object.createdAt > command.reference
    {
      return result.isOK ? .held : broken(name, command, step.reference)
    }
    let create = admin.inFlight.last {
      $0.queue == command.queue && $0.isKnown && $0.opcode == .objectCreate && $0.object == name
        && $0.reference < command.reference
    }
    if let create, !result.isOK, early.count < 64 { early.append((create, step.reference)) }
    return .silent
  }

  private func broken(
    _ name: AdminObjectName, _ create: AdminCommand, _ destroyed: RecordReference
  ) -> Judgement {
    .broken(
      "device creates object \(name.id) of type \(name.type) after it looked for it in order to"
        + " destroy it, though queue \(create.queue) has the commands in the other order",
      Evidence(destroyed, "device answers RESOURCE_OBJ_DESTROY with ENXIO"))
  }
}
