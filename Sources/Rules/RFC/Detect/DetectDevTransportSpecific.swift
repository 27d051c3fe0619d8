import Model

/// Proposal: a device tells legacy drivers by the means of its transport.
///
/// What a device took its driver for shows in the byte order of its configuration, which a
/// little-endian guest cannot tell apart, and in the layout of requests, which lies in memory.
struct DetectDevTransportSpecific: Rule {
  static let id = "rfc.detect.dev-transport-specific"
  static let neverAccuses = true
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.interface == .legacy else { return .silent }
    return .undecidable(.abilitiesNotRecorded)
  }
}
