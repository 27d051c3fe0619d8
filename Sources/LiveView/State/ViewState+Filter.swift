import Terminal

extension ViewState {
  /// Lists only what passes.
  mutating func setFilter(_ text: String) {
    message = .problem("no filter yet")
  }

  /// Looks at some more transactions; whether there are more to look at.
  mutating func filterRows() -> Bool { false }

  /// The filter, as the title of the list shows it; empty for none.
  var filterTitle: String { "" }

  /// The colour of the line that is typed.
  func inputStyle(_ purpose: Mode.Purpose) -> CellStyle { .plain }
}
