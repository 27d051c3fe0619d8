import Model
import VirtioSpec

/// A driver sets the capability before it makes objects that need it.
///
/// Trap: a capability lasts until the reset.
protocol CapBeforeUse: AdminStatement {
  /// Capabilities that the driver sent in this life.
  var sent: Set<UInt16> { get set }
}

extension CapBeforeUse {
  mutating func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    if command.opcode == .driverCapabilitySet, let id = command.capability { sent.insert(id) }
    guard command.opcode == .objectCreate, let name = command.object,
      let id = CapabilityLimit.capability(of: name.type, on: session.profile.type)
    else { return .silent }
    guard !sent.contains(id) else { return .held }
    guard !admin.unknown.isSet else { return .undecidable(.payloadNotCaptured) }
    return .broken(
      "driver creates \(command.objectText) and has not set capability \(hex(id)) since the reset")
  }
}

/// Spec: 2.12.1.2.5
struct CapDrvSetBeforeUse: CapBeforeUse {
  static let id = "admin.cap.drv-set-before-use"
  var sent: Set<UInt16> = []
}

/// Spec: 2.12.1.3.6, which says the same once more.
struct ObjDrvCapBeforeUse: CapBeforeUse {
  static let id = "admin.obj.drv-cap-before-use"
  static let coveredBy = [CapDrvSetBeforeUse.id]
  var sent: Set<UInt16> = []
}

/// A DRIVER_CAP_SET against what the device has.
///
/// Trap: the driver may know that from before.
protocol CapExcess: AdminStatement {
  /// What of `driver` goes beyond `device`; nil where nothing does.
  static func excess(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> String?
  /// Whether the statement is about the capability at all.
  static func concerns(_ id: UInt16, _ type: DeviceType?) -> Bool
}

extension CapExcess {
  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    let type = session.profile.type
    guard command.opcode == .driverCapabilitySet, let id = command.capability,
      Self.concerns(id, type), let data = command.capabilityData
    else { return .silent }
    guard let capability = admin.capability(id), let device = capability.device else {
      return .undecidable(.abilitiesNotRecorded)
    }
    guard let excess = Self.excess(data, device, id, type) else { return .held }
    return .broken(
      "driver sets \(excess)", Evidence(capability.deviceAt, "device tells what it has"))
  }
}

/// Spec: 2.12.1.2.5
struct CapDrvNoExcessLimit: CapExcess {
  static let id = "admin.cap.drv-no-excess-limit"

  static func concerns(_ id: UInt16, _ type: DeviceType?) -> Bool {
    !CapabilityLimit.all(id, of: type).isEmpty
  }

  static func excess(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> String? {
    for limit in CapabilityLimit.all(id, of: type) {
      guard let wanted = limit.value(in: driver), let most = limit.value(in: device),
        wanted > most
      else { continue }
      return "\(limit.name) to \(wanted), and the device has \(most)"
    }
    return nil
  }
}

/// Spec: 2.12.1.2.5. The flags are those of the selectors of flow filters, and their masks.
struct CapDrvNoExcessFlags: CapExcess {
  static let id = "admin.cap.drv-no-excess-flags"

  static func concerns(_ id: UInt16, _ type: DeviceType?) -> Bool { type == .net && id == 0x801 }

  static func excess(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> String? {
    guard let wanted = CapabilityEntry.all(id, of: type, in: driver),
      let known = CapabilityEntry.all(id, of: type, in: device)
    else { return nil }
    for entry in wanted {
      let same = known.filter { $0.type == entry.type }
      guard !same.isEmpty, !same.contains(where: entry.isWithin) else { continue }
      return "bits of selector \(entry.type) that the device does not have"
    }
    return nil
  }
}

/// Spec: 2.12.1.2.5
struct CapDrvNoExcessArray: CapExcess {
  static let id = "admin.cap.drv-no-excess-array"

  static func concerns(_ id: UInt16, _ type: DeviceType?) -> Bool {
    type == .net && (id == 0x801 || id == 0x802)
  }

  static func excess(
    _ driver: [UInt8], _ device: [UInt8], _ id: UInt16, _ type: DeviceType?
  ) -> String? {
    guard let wanted = CapabilityEntry.all(id, of: type, in: driver),
      let known = CapabilityEntry.all(id, of: type, in: device)
    else { return nil }
    let extra = wanted.first { entry in !known.contains { $0.type == entry.type } }
    let noun = id == 0x801 ? "selector" : "action"
    return extra.map { "\(noun) \($0.type), which the device does not have" }
  }
}

/// Spec: 2.12.1.2.5. Trap: a reset ends all objects.
struct CapDrvNoDisableInUse: AdminStatement {
  static let id = "admin.cap.drv-no-disable-in-use"

  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard let use = admin.disabled(by: command, session.profile.type) else { return .silent }
    guard admin.isAlone(command, { $0.opcode == .objectDestroy }) else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver disables a capability on which object \(use.name.id) of type \(hex(use.name.type)) "
        + "stands",
      Evidence(use.createdAt, "the object was created"))
  }
}
