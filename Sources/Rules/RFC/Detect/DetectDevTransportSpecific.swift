import Model

/// Proposal: a device tells legacy drivers by the means of its transport.
///
/// What a device took its driver for shows in the byte order of its configuration, where the guest is
/// big-endian and an earlier life through the other interface read the same field. Elsewhere a
/// little-endian guest cannot tell, and the layout of requests lies in memory.
struct DetectDevTransportSpecific: Rule {
  static let id = "rfc.detect.dev-transport-specific"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeDriverFeatures, step.interface == .legacy {
      return .undecidable(.abilitiesNotRecorded)
    }
    guard step.kind == .readConfig, step.hasValue, step.isAccepted,
      session.profile.guestIsBigEndian == .yes,
      step.width == 2 || step.width == 4 || step.width == 8,
      let previous = session.previous, session.interface != .none, previous.interface != .none,
      previous.interface != session.interface,
      let known = previous.config.first(where: {
        $0.offset == step.index && $0.width == step.width && !$0.isWrite
      })
    else { return .silent }
    let swapped = step.value.byteSwapped >> UInt64(64 - Int(step.width) * 8)
    // A field that reads the same either way shows nothing, and another value may be a real change.
    guard swapped != step.value else { return .silent }
    guard known.value == swapped else { return known.value == step.value ? .held : .silent }
    let digits = Int(step.width) * 2
    let now = session.isLegacy ? "legacy" : "modern"
    return .broken(
      "device answers a \(now) driver in the byte order of the other interface at offset "
        + "\(hex(step.index)): \(hex(step.value, digits: digits))",
      Evidence(
        known.first,
        "read as \(hex(known.value, digits: digits)) through the other interface"),
      Evidence(session.interfaceEvidence, "driver uses the \(now) interface"))
  }
}
