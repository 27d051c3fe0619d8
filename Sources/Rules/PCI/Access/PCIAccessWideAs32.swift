import Model
import VirtioSpec

/// A driver accesses a field of 64 bits as two halves of 32.
///
/// Traps: the halves may come in any order, and one may be left out.
///
/// Spec: 4.1.3.1
struct PCIAccessWideAs32: Rule {
  static let id = "pci.access.wide-as-32"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.width > 0 else { return .silent }
    switch step.kind {
    case .readQueueAddress, .writeQueueAddress:
      guard step.traits.contains(.wrongWidth) else { return .held }
      return .broken(
        "driver \(step.verb) \(step.fieldName) with an access of \(bits(Int(step.width)))")
    case .readConfig, .writeConfig: return judgeConfig(step, session)
    default: return .silent
    }
  }

  private func judgeConfig(_ step: Transaction, _ session: Session) -> Judgement {
    guard let type = session.profile.type,
      let (field, _, byte) = type.configField(at: Int(step.index), in: session.profile.spec),
      field.width == 8
    else { return .silent }
    guard step.width != 4 || byte & 3 != 0 else { return .held }
    return .broken(
      "driver \(step.verb) \(field.name), a field of 64 bits, with an access of "
        + "\(bits(Int(step.width))) at \(hex(step.index, digits: 2))")
  }
}
