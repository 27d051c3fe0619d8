extension CatalogueRow {
  /// Who has to keep a statement.
  public enum Actor: String, Sendable, Hashable, CaseIterable {
    case driver
    case device
    case both
  }
}
