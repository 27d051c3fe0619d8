import Model
import VirtioSpec

/// A driver writes none of the five fields that the clause names.
///
/// Traps: admin_queue_index and admin_queue_num are read-only too, and the clause does not list
/// them; a field may be hit by a wider access.
///
/// Spec: 4.1.4.3.2
struct PCICommonNoWriteReadOnly: Rule {
  static let id = "pci.common.no-write-read-only"
  static let needsWholeLife = false
  var tally = Tally()

  private static let fields: [CommonConfigurationField] = [
    .deviceFeature, .numQueues, .configGeneration, .queueNotifyOff, .queueNotifConfigData,
  ]

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    guard step.kind == .writeRegister else { return step.kind == .writeStatus ? .held : .silent }
    guard let field = Self.fields.first(where: { $0.offset == Int(step.index) }),
      field.introducedIn <= session.profile.spec
    else { return .silent }
    return .broken("driver writes \(field.name), which is read-only")
  }
}
