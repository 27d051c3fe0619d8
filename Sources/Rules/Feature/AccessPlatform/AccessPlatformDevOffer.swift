import Model

/// A device whose access to memory is translated or restricted offers ACCESS_PLATFORM.
///
/// Whether it is, only the platform knows: without the bit a device bypasses translation by
/// definition, and a recording does not show where its accesses went. A device hint can say so.
///
/// Spec: 6.2
struct AccessPlatformDevOffer: Rule {
  static let id = "feature.access-platform.dev-offer"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), step.interface == .modern, shown.knows(33),
      session.profile.isTranslated != .no
    else { return .silent }
    if shown.contains(33) { return .held }
    guard session.profile.isTranslated == .yes else { return .undecidable(.topologyNotRecorded) }
    return .broken(
      "device whose access to memory is translated or restricted does not offer "
        + session.featureName(33))
  }
}
