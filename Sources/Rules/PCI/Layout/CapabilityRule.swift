import Model
import VirtioSpec

/// One statement about a capability of a device, as a row of a table.
protocol CapabilityRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// What `capability` means to the statement; `layout` is what was told before it.
  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement
}

extension CapabilityRow {
  static var coveredBy: [String] { [] }
}

/// The rule of a row: judges each capability when it is told, once.
///
/// Spec: 4.1.4, Virtio Structure PCI Capabilities
struct CapabilityRule<Row: CapabilityRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  // What configuration space says does not depend on how the life of the device began.
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .pciCapability else { return .silent }
    let layout = session.layout
    let capability = PCICapability(step)
    // By the text that is judged by, a type that came later is a reserved one.
    if let kind = capability.kind, kind.introducedIn > session.profile.spec { return .silent }
    let judgement = Row.judge(capability, in: layout)
    // A capability that more was read of is told anew.
    guard case .broken = judgement,
      let old = layout.capabilities.first(where: { $0.capability.position == capability.position }),
      case .broken = Row.judge(old.capability, in: layout)
    else { return judgement }
    return .silent
  }
}

extension PCICapability {
  /// The capability as messages name it: `capability of type 1 (VIRTIO_PCI_CAP_COMMON_CFG) at
  /// register 0x40`.
  var title: String {
    let name = kind.map { " (\($0.name))" } ?? ""
    return "capability of type \(type)\(name) at register \(hex(position, digits: 2))"
  }
}
