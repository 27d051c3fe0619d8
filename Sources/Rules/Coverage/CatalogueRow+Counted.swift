public import VirtioSpec

extension CatalogueRow {
  /// Whether the statement is one that vtrace means to check.
  ///
  /// Of what every device has in common: what binds anybody and leaves a trace in some recording. Of
  /// the device types: the part of it that accesses and features alone can decide.
  public var isCounted: Bool {
    guard level != .may, !evidence.isEmpty else { return false }
    return device == nil || evidence.isSubset(of: [.access, .features])
  }
}
