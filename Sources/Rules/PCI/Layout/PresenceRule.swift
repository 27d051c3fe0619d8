import Model
import VirtioSpec

/// A capability that every device has, as a row of a table.
protocol PresenceRow: Sendable {
  static var id: String { get }
  static var type: PCICapabilityType { get }
  /// Whether a device of this kind has to have it.
  static func binds(_ session: Session) -> Bool
}

extension PresenceRow {
  static func binds(_ session: Session) -> Bool { true }
}

/// The rule of a row: judges the list when it was read to its end, once.
///
/// Traps: a legacy device has no capability of virtio at all.
///
/// Spec: 4.1.4.3.1, 4.1.4.4.1, 4.1.4.5.1, 4.1.4.6, 4.1.4.9.1
struct PresenceRule<Row: PresenceRow>: Rule {
  static var id: String { Row.id }
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let layout = session.layout
    guard step.kind == .pciCapabilitiesEnd, PCIListFault(step) == .none, !layout.isComplete,
      Row.binds(session)
    else { return .silent }
    guard layout.first(Row.type) == nil else { return .held }
    guard !layout.capabilities.isEmpty || layout.identity?.isTransitional == false else {
      return .silent
    }
    return .broken(
      "device has no capability of type \(Row.type.rawValue) (\(Row.type.name))",
      Evidence(layout.identityAt, "device is a virtio device by its ids"))
  }
}

enum CommonDevCapPresent: PresenceRow {
  static let id = "pci.common.dev-cap-present"
  static let type = PCICapabilityType.common
}

enum NotifyDevCapPresent: PresenceRow {
  static let id = "pci.notify.dev-cap-present"
  static let type = PCICapabilityType.notify
}

enum ISRDevCapPresent: PresenceRow {
  static let id = "pci.isr.dev-cap-present"
  static let type = PCICapabilityType.isr
}

enum CfgCapDevPresent: PresenceRow {
  static let id = "pci.cfgcap.dev-present"
  static let type = PCICapabilityType.pci
}

/// A device of a type that has a configuration space; one without, such as an entropy source, needs
/// none.
enum DevCfgDevCapPresent: PresenceRow {
  static let id = "pci.devcfg.dev-cap-present"
  static let type = PCICapabilityType.device

  static func binds(_ session: Session) -> Bool {
    (session.profile.type?.configSize(in: session.profile.spec) ?? 0) > 0
  }
}
