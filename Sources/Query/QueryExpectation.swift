/// What could stand at a place of a filter, for the completion.
enum QueryExpectation: Equatable {
  /// A comparison, `!` or `(`.
  case start
  /// An operator behind a field, or what may follow a comparison.
  case `operator`(QueryField)
  /// A value of the field.
  case value(QueryField)
  /// `{`
  case set(QueryField)
  /// `,` or `}`
  case setEnd
  /// `&&`, `||` or `)`
  case connective
}
