import Model

/// A driver writes DriverFeaturesSel before it writes DriverFeatures.
///
/// Spec: 4.2.2.2
struct SelBeforeWrite: SelectorFirst {
  static let id = "mmio.feature.sel-before-write"
  static let selector = Transaction.Kind.selectDriverFeatures
  static let use = Transaction.Kind.writeDriverFeatures
  static let text = "writes DriverFeatures before it wrote DriverFeaturesSel"
  var tally = Tally()
  var isSelected = false
}
