import Model
import VirtioSpec

/// A driver accesses a field of 8, 16 or 32 bits with an access of that width.
///
/// Traps: the legacy interface allows any width; places for notifications and the ISR have rules of
/// their own; a field that the type does not have cannot be judged.
///
/// Spec: 4.1.3.1
struct PCIAccessNaturalWidth: Rule {
  static let id = "pci.access.natural-width"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.width > 0 else { return .silent }
    switch step.kind {
    case .readConfig, .writeConfig: return judgeConfig(step, session)
    case .kick, .readISR, .readQueueAddress, .writeQueueAddress: return .silent
    default: break
    }
    guard step.traits.contains(.wrongWidth) else {
      return step.kind == .writeStatus ? .held : .silent
    }
    return .broken(
      "driver \(step.verb) \(step.fieldName) with an access of \(bits(Int(step.width)))")
  }

  private func judgeConfig(_ step: Transaction, _ session: Session) -> Judgement {
    let fields = session.configFields(at: step.index)
    guard let field = fields.first, fields.allSatisfy({ $0.width < 8 }) else { return .silent }
    // Fields of a union overlap: the access has to suit one of them.
    let suits = fields.contains {
      $0.width == Int(step.width) && (Int(step.index) - $0.offset) % $0.width == 0
    }
    guard !suits else { return .held }
    return .broken(
      "driver \(step.verb) \(field.name), a field of \(bits(field.width)) at offset "
        + "\(hex(field.offset, digits: 2)), with an access of \(bits(Int(step.width))) at "
        + "\(hex(step.index, digits: 2))")
  }
}

/// A count of bytes as messages name a width: `16 bits`.
func bits(_ bytes: Int) -> String { "\(bytes * 8) bits" }

extension Transaction {
  /// `reads` or `writes`.
  var verb: String { text.contains("R ") ? "reads" : "writes" }

  /// The field as the text form names it, or where it lies.
  var fieldName: String {
    switch kind {
    case .readRegister, .writeRegister:
      CommonConfigurationField.covering(Int(index))?.register.name
        ?? "what lies at offset \(hex(index, digits: 2))"
    default: text.split(separator: " ").dropFirst().first.map(String.init) ?? "a field"
    }
  }
}
