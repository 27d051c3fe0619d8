extension CatalogueRow {
  /// Which part of the specification a statement belongs to; the raw value is the word of the
  /// tables.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    case all
    case admin
    case split
    case packed
    case pci
    case mmio
    case ccw
    case legacy
    case legacyPCI = "legacy-pci"
    case legacyMMIO = "legacy-mmio"
    case legacyCCW = "legacy-ccw"
    /// A device type, which `CatalogueRow.device` names.
    case device
  }
}
