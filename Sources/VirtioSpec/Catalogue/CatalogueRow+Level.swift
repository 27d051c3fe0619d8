extension CatalogueRow {
  /// How binding a statement is; the raw value is the word of RFC 2119.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    case must = "MUST"
    case mustNot = "MUST NOT"
    case should = "SHOULD"
    case shouldNot = "SHOULD NOT"
    case may = "MAY"
  }
}
