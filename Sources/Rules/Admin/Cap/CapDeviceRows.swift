import Model
import VirtioSpec

/// Spec: 2.12.1.2.4. Trap: a driver may know the list from before.
struct CapDevSupportThree: AdminStatement {
  static let id = "admin.cap.dev-support-three"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard result.command.groupType == AdminGroupType.own, let list = result.opcodes else {
      return .silent
    }
    let all: [AdminOpcode] = [.capabilityList, .deviceCapabilityGet, .driverCapabilitySet]
    let missing = all.filter { !list.contains($0.rawValue) }
    guard missing.count < all.count else { return .silent }
    guard let first = missing.first else { return .held }
    return .broken("device lists commands about capabilities, and not \(first.name)")
  }
}

/// The answer to a DRIVER_CAP_SET that stays within what the device has.
protocol CapAccepted: AdminStatement {
  /// Whether `driver` stays within `device`; nil where the statement says nothing of it.
  static func isWithin(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> Bool?
}

extension CapAccepted {
  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    let type = session.profile.type
    guard command.opcode == .driverCapabilitySet, command.groupType == AdminGroupType.own,
      command.member == 0, let id = command.capability, let data = command.capabilityData,
      let capability = admin.capability(id), let device = capability.device,
      capability.deviceAt < command.reference, Self.isWithin(data, device, id, type) == true
    else { return .silent }
    if result.isOK { return .held }
    guard !result.isTransient, admin.isPlain(command),
      admin.isAlone(command, { $0.opcode.rawValue >= 9 }),
      CapabilityLimit.all(id, of: type).allSatisfy({
        $0.object == nil || admin.living($0)?.isEmpty == true
      })
    else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device answers \(result.text) to DRIVER_CAP_SET of capability \(hex(id)), which stays within "
        + "what it has",
      Evidence(capability.deviceAt, "device tells what it has"),
      command.evidence("driver sets the capability"))
  }
}

/// Spec: 2.12.1.2.4. Traps: what is said to be not writable; objects that exist.
struct CapDevAcceptLowerLimit: CapAccepted {
  static let id = "admin.cap.dev-accept-lower-limit"

  static func isWithin(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> Bool? {
    let limits = CapabilityLimit.all(id, of: type)
    guard !limits.isEmpty else { return nil }
    return limits.allSatisfy { limit in
      guard let wanted = limit.value(in: driver) else { return true }
      return limit.value(in: device).map { wanted <= $0 } ?? (wanted == 0)
    }
  }
}

/// Spec: 2.12.1.2.4. The flags are those of the selectors of flow filters, and their masks.
struct CapDevAcceptFewerFlags: CapAccepted {
  static let id = "admin.cap.dev-accept-fewer-flags"

  static func isWithin(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> Bool? {
    guard id == 0x801, let wanted = CapabilityEntry.all(id, of: type, in: driver),
      let known = CapabilityEntry.all(id, of: type, in: device)
    else { return nil }
    return wanted.allSatisfy { entry in
      known.contains { $0.type == entry.type && entry.isWithin($0) }
    }
  }
}

/// Spec: 2.12.1.2.4. Trap: the text names a DRIVER_CAP_GET that does not exist; of the commands that
/// there are it can mean DEVICE_CAP_GET alone.
struct CapDevEinvalNotSelf: AdminStatement {
  static let id = "admin.cap.dev-einval-not-self"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    CapDevEinvalNotSelf.judge(result)
  }

  static func judge(_ result: AdminResult) -> Judgement {
    let command = result.command
    guard (7...9).contains(command.opcode.rawValue), command.groupType != AdminGroupType.own,
      result.status != .eagain
    else { return .silent }
    guard result.status != .einval else { return .held }
    return .broken(
      "device answers \(result.text) to \(command.opcode.name) for group type \(command.groupType)",
      command.evidence("driver sends the command"))
  }
}

/// The same statement once more, with a weaker word.
struct CapDevEinvalNotSelfDup: AdminStatement {
  static let id = "admin.cap.dev-einval-not-self-dup"
  static let coveredBy = [CapDevEinvalNotSelf.id]

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    CapDevEinvalNotSelf.judge(result)
  }
}

/// Spec: 2.12.1.2.4
struct CapDevEbusyDisable: AdminStatement {
  static let id = "admin.cap.dev-ebusy-disable"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard let use = admin.disabled(by: command, session.profile.type),
      use.changedAt < command.reference
    else { return .silent }
    if result.status == .ebusy { return .held }
    guard result.isOK, admin.isAlone(command, \.changesObjects) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device answers OK to DRIVER_CAP_SET that disables what object \(use.name.id) of type "
        + "\(hex(use.name.type)) stands on",
      Evidence(use.createdAt, "the object was created"))
  }
}

/// Spec: 2.12.1.2.4. Trap: a driver may know the list from before.
struct CapDevEnxioUnreported: AdminStatement {
  static let id = "admin.cap.dev-enxio-unreported"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    let command = result.command
    guard let id = command.capability, command.groupType == AdminGroupType.own,
      command.member == 0, let list = admin.capabilityIDs, !list.contains(id),
      admin.capabilityIDsAt < command.reference
    else { return .silent }
    guard result.status != .enxio else { return .held }
    guard !result.isTransient, admin.isPlain(command) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "device answers \(result.text) to \(command.opcode.name) of capability \(hex(id)), which it "
        + "does not list",
      Evidence(admin.capabilityIDsAt, "device lists its capabilities"))
  }
}
