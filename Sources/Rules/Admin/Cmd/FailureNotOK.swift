import Model
import VirtioSpec

/// A command that failed is not answered with OK: what was created is there.
///
/// Traps: the effect of most commands does not show; a resource object shows whether it is there when
/// it is destroyed. Objects of a member go with the member.
///
/// Spec: 2.12.1.5
struct DevFailureNotOK: Rule {
  static let id = "admin.cmd.dev-failure-not-ok"
  var tally = Tally()
  /// Objects that a failed command may have changed.
  private var touched: [AdminObjectName] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, result.doubt == nil,
      result.command.opcode == .objectDestroy, let name = result.command.object,
      name.groupType == AdminGroupType.own, let admin = session.admin
    else { return .silent }
    if result.isOK { return .held }
    guard result.status == .enxio else {
      if touched.count < 64 { touched.append(name) }
      return .silent
    }
    guard admin.areObjectsKnown, let object = admin.object(name), object.isAlive,
      object.createdAt < result.command.reference, !touched.contains(name),
      !admin.inFlight.contains(where: { $0.object == name && $0.id != result.command.id })
    else { return .silent }
    return .broken(
      "device answers RESOURCE_OBJ_DESTROY of object \(name.id) of type \(name.type) with"
        + " \(result.answer), and answered its creation with OK",
      Evidence(object.createdAt, "device answers RESOURCE_OBJ_CREATE with OK"))
  }
}
