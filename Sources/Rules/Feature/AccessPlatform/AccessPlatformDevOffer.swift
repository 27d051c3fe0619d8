import Model

/// A device whose access to memory is translated or restricted offers ACCESS_PLATFORM.
///
/// Whether it is, only the platform knows: without the bit a device bypasses translation by
/// definition, and a recording does not show where its accesses went.
///
/// Spec: 6.2
struct AccessPlatformDevOffer: Rule {
  static let id = "feature.access-platform.dev-offer"
  static let neverAccuses = true
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), step.interface == .modern, shown.knows(33) else {
      return .silent
    }
    return shown.contains(33) ? .held : .undecidable(.topologyNotRecorded)
  }
}
