import Model

/// A driver writes DeviceFeaturesSel before it reads DeviceFeatures.
///
/// Spec: 4.2.2.2
struct SelBeforeRead: SelectorFirst {
  static let id = "mmio.feature.sel-before-read"
  static let selector = Transaction.Kind.selectDeviceFeatures
  static let use = Transaction.Kind.readDeviceFeatures
  static let text = "reads DeviceFeatures before it wrote DeviceFeaturesSel"
  var tally = Tally()
  var isSelected = false
}
