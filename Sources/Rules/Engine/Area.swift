import Model

/// The rules about one subject: which of them sees which step, written out.
///
/// An area is a struct with one property a rule. `judge` switches over the kind of the step and has
/// no `default`, or one that says why the rest cannot concern it; this is the whole registration.
protocol Area: Sendable {
  init()
  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts)
  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts)
  /// Every rule of the area: its type and how it fared.
  var rules: [(type: any Rule.Type, tally: Tally)] { get }
}

extension Area {
  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {}
}
