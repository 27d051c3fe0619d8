import Model
import VirtioSpec

/// A device changes ConfigGeneration when a driver might see two versions of the configuration.
///
/// A field that takes several accesses was read with two values, and the generation is the same
/// before and after. Traps: the generation may not have been read; version 1 has none; what the
/// driver wrote is no change of the device's.
///
/// Spec: 4.2.2.1
struct DevConfigGeneration: Rule {
  static let id = "mmio.dev-config-generation"
  static let needsWholeLife = false
  var tally = Tally()
  /// What was read under the generation that was read last.
  private var seen: [Seen] = []
  private var change = RecordReference.none
  private var changed = ""
  private var first = RecordReference.none

  private struct Seen {
    var offset: UInt32
    var width: UInt8
    var value: UInt64
    var place: RecordReference
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readConfigGeneration where step.hasValue: return judgeGeneration(step, session)
    case .writeConfig, .writeStatus: forget()
    case .readConfig where step.hasValue && session.generation.read.isSet: remember(step, session)
    default: break
    }
    return .silent
  }

  private mutating func judgeGeneration(_ step: Transaction, _ session: Session) -> Judgement {
    let last = session.generation
    guard last.read.isSet, last.value == step.value else {
      forget()
      return .silent
    }
    guard change.isSet else { return seen.isEmpty ? .silent : .held }
    defer { forget() }
    return .broken(
      Breach(
        message: "device changes \(changed) and leaves ConfigGeneration at \(step.value)",
        evidence: [
          Evidence(first, "\(changed) has another value"),
          Evidence(step.reference, "driver reads the same generation"),
        ], place: change))
  }

  private mutating func remember(_ step: Transaction, _ session: Session) {
    guard let field = session.configField(at: step.index),
      field.byteCount > 4
    else { return }
    for place in seen.indices
    where seen[place].offset == step.index && seen[place].width == step.width {
      guard seen[place].value != step.value, !change.isSet else { return }
      change = step.reference
      changed = field.name
      first = seen[place].place
      return
    }
    guard seen.count < 32 else { return }
    seen.append(
      Seen(offset: step.index, width: step.width, value: step.value, place: step.reference))
  }

  private mutating func forget() {
    seen = []
    change = .none
  }
}
