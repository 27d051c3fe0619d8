import Model
import VirtioSpec

/// A device shows the same features for the same selection, and nothing where it has none.
///
/// Traps: what is offered may change with a reset; network devices have features from 64 on.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevFeatureWindow: Rule {
  static let id = "pci.common.dev-feature-window"
  var tally = Tally()
  private var words: [(word: UInt32, value: UInt64, reference: RecordReference)] = []

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue else { return .silent }
    if step.isStatusReset { words.removeAll() }
    guard step.kind == .readDeviceFeatures, !step.traits.contains(.wrongWidth) else {
      return .silent
    }
    let value = step.value & 0xffff_ffff
    defer { remember(step, value) }
    if let known = words.first(where: { $0.word == step.index }), known.value != value {
      return .broken(
        "device returns \(hex(value, digits: 8)) for feature word \(step.index), and returned "
          + "\(hex(known.value, digits: 8)) before",
        Evidence(known.reference, "device returns \(hex(known.value, digits: 8))"))
    }
    guard step.index >= 4 || step.index >= 2 && session.profile.type != .net, value != 0,
      let copy = words.first(where: { $0.word == step.index & 1 && $0.value == value })
    else { return .held }
    return .broken(
      "device returns feature word \(copy.word) for feature word \(step.index) as well",
      Evidence(copy.reference, "device returns \(hex(value, digits: 8)) for word \(copy.word)"))
  }

  private mutating func remember(_ step: Transaction, _ value: UInt64) {
    words.removeAll { $0.word == step.index }
    if words.count < 64 { words.append((step.index, value, step.reference)) }
  }
}
