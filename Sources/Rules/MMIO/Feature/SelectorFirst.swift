import Model

/// A rule that a driver of virtio-mmio selects the feature word before it reads or writes one.
///
/// Trap: what was selected before the recording began is not known.
protocol SelectorFirst: Rule {
  static var selector: Transaction.Kind { get }
  static var use: Transaction.Kind { get }
  static var text: String { get }
  var isSelected: Bool { get set }
}

extension SelectorFirst {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == Self.selector { isSelected = true }
    guard step.kind == Self.use else { return .silent }
    return isSelected ? .held : .broken("driver \(Self.text)")
  }
}
