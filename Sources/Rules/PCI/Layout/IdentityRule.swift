import Model
import VirtioSpec

/// One statement about the ids of a device, as a row of a table.
protocol IdentityRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// The kind of fact at which all that the statement needs was told.
  static var moment: Transaction.Kind { get }
  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
}

extension IdentityRow {
  static var coveredBy: [String] { [] }
}

/// The rule of a row: judges the function once.
///
/// Spec: 4.1.2, PCI Device Discovery
struct IdentityRule<Row: IdentityRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == Row.moment else { return .silent }
    let layout = session.layout
    guard step.kind == .pciIdentity else {
      guard !layout.isComplete, PCIListFault(step) == .none, let identity = layout.identity else {
        return .silent
      }
      return proved(Row.judge(identity, in: layout, by: session.profile.spec), layout)
    }
    let judgement = Row.judge(PCIIdentity(step), in: layout, by: session.profile.spec)
    guard case .broken = judgement, let old = layout.identity,
      case .broken = Row.judge(old, in: layout, by: session.profile.spec)
    else { return judgement }
    return .silent
  }

  /// The end of the list is the moment; the record of the ids proves it.
  private func proved(_ judgement: Judgement, _ layout: PCILayout) -> Judgement {
    guard case .broken(var breach) = judgement, layout.identityAt.isSet else { return judgement }
    breach.evidence.append(Evidence(layout.identityAt, "device tells its ids"))
    return .broken(breach)
  }
}
