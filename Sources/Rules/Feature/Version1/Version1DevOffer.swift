import Model

/// A device offers VERSION_1.
///
/// Traps: the legacy interface of a transitional device does not show it, and neither does a word
/// that was not read.
///
/// Spec: 6.2
struct Version1DevOffer: Rule {
  static let id = "feature.version1.dev-offer"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readDeviceFeatures, step.index == 1, step.hasValue, step.isAccepted,
      step.interface == .modern, step.mask & 1 == 1
    else { return .silent }
    guard step.value & 1 == 0 else { return .held }
    return .broken(
      Breach(
        message: "device does not offer \(session.featureName(32)) through the modern interface",
        help: "offer VIRTIO_F_VERSION_1 in every device of version 1.0 or later"))
  }
}
