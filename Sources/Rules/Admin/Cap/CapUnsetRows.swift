import Model
import VirtioSpec

/// Spec: 2.12.1.2.4. Traps: objects without a capability; a limit that has a default. So it takes a
/// device that refused such an object before, for want of the capability alone.
struct CapDevResetClears: AdminStatement {
  static let id = "admin.cap.dev-reset-clears"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard let use = admin.unset(result, session.profile.type), admin.followsReset,
      let set = admin.earlierCapabilities.first(where: { $0.id == use.capability }),
      let refused = admin.refusedUnset.first(where: { $0.type == use.name.type })
    else { return .silent }
    return .broken(
      "device creates \(result.command.objectText) by a capability that was set before the reset",
      Evidence(refused.at, "device refuses such an object while the capability is not set"),
      Evidence(set.at, "the capability is set"))
  }
}

/// Spec: 2.12.1.2.4. Trap: another default that the type's text gives; the types that are looked at
/// have none.
struct CapDevUnsetLimitZero: AdminStatement {
  static let id = "admin.cap.dev-unset-limit-zero"
  static let coveredBy = [CapDevResetClears.id]

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard let use = admin.unset(result, session.profile.type) else { return .silent }
    return .broken(
      "device creates \(result.command.objectText) while its driver has not set capability "
        + "\(hex(use.capability)), which limits it",
      result.command.evidence("driver creates the object"))
  }
}

extension AdminState {
  /// An object that was created although the capability that limits it was not set in this life.
  fileprivate func unset(
    _ result: AdminResult, _ type: DeviceType?
  ) -> (name: AdminObjectName, capability: UInt16)? {
    let command = result.command
    guard command.opcode == .objectCreate, result.isOK, !unknown.isSet, let name = command.object,
      let id = CapabilityLimit.capability(of: name.type, on: type),
      isAlone(command, { $0.opcode == .driverCapabilitySet })
    else { return nil }
    guard let capability = capability(id) else { return (name, id) }
    return capability.isDriverKnown && capability.driver == nil ? (name, id) : nil
  }

  /// The object that stands on what `command` disables; nil where it disables nothing, or where what
  /// stands is not known.
  func disabled(by command: AdminCommand, _ type: DeviceType?) -> AdminObject? {
    guard command.opcode == .driverCapabilitySet, command.groupType == AdminGroupType.own,
      let id = command.capability, let data = command.capabilityData
    else { return nil }
    for limit in CapabilityLimit.all(id, of: type)
    where limit.object != nil && limit.value(in: data) == 0 {
      if let object = living(limit)?.first { return object }
    }
    return nil
  }
}
