import Model
import VirtioSpec

/// One statement about the ids of a device that has a legacy interface: a row of a table.
protocol LegacyIdentityRow: Sendable {
  static var id: String { get }
  static func judge(_ identity: PCIIdentity) -> Judgement
}

/// The rule of a row: judges when the device has shown its legacy interface, by keeping a status
/// that was written through it.
///
/// Traps: a non-transitional device may keep a transitional id, and may have an I/O BAR 0 to make
/// legacy drivers fail; neither keeps a status.
///
/// Spec: 4.1.2.3
struct LegacyIdentityRule<Row: LegacyIdentityRow>: Rule {
  static var id: String { Row.id }
  static var needsWholeLife: Bool { false }
  var tally = Tally()
  private var isJudged = false
  private var written: UInt64 = 0

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy, step.hasValue, !isJudged else { return .silent }
    if step.kind == .writeStatus { written = step.value }
    guard step.kind == .readStatus, written != 0, step.value == written else { return .silent }
    isJudged = true
    guard session.index == 0 || session.previous?.interface != .legacy,
      let identity = session.layout.identity
    else { return .silent }
    guard case .broken(var breach) = Row.judge(identity) else { return Row.judge(identity) }
    breach.evidence.append(Evidence(session.layout.identityAt, "device tells its ids"))
    return .broken(breach)
  }
}

enum LegacyPCIRevisionZero: LegacyIdentityRow {
  static let id = "legacy.pci.revision-zero"

  static func judge(_ identity: PCIIdentity) -> Judgement {
    guard let revision = identity.revision else { return .silent }
    guard revision != 0 else { return .held }
    return .broken("device with a legacy interface has revision \(revision)")
  }
}

enum LegacyPCISubsystemDeviceID: LegacyIdentityRow {
  static let id = "legacy.pci.subsystem-device-id"

  static func judge(_ identity: PCIIdentity) -> Judgement {
    guard let type = DeviceType.transitional(pciDeviceID: identity.device),
      let subsystem = identity.subsystemDevice
    else { return .silent }
    guard UInt32(subsystem) != type.rawValue else { return .held }
    return .broken(
      "device with a legacy interface, of type \(type.rawValue), has the subsystem device id "
        + hex(subsystem, digits: 4))
  }
}

enum LegacyPCIDeviceID: LegacyIdentityRow {
  static let id = "legacy.pci.device-id"

  static func judge(_ identity: PCIIdentity) -> Judgement {
    guard !identity.isTransitional else { return .held }
    return .broken(
      "device with a legacy interface has the PCI device id \(hex(identity.device, digits: 4))")
  }
}
