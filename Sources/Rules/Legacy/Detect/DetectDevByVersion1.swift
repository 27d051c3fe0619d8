import Model

/// A transitional device tells a legacy driver by VERSION_1 not being accepted, and then answers in the
/// guest's byte order.
///
/// Traps: in a little-endian guest nothing can be seen of it.
///
/// Spec: 2.2.3
struct DetectDevByVersion1: Rule {
  static let id = "legacy.detect.dev-by-version1"
  static let coveredBy = [DevHighFeaturesUnacked.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .usedIndex, let ring = session.ring(step.queue), ring.layout.isBigEndian,
      ring.isUsedKnown
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    guard ring.looksSwapped(new, after: ring.usedIndex) else { return .held }
    return .broken(
      "device writes used index \(new.byteSwapped) of queue \(step.queue) little-endian, though"
        + " VERSION_1 was not accepted and the guest is big-endian",
      Evidence(session.marks.lastFeatureWrite, "driver accepts features without VERSION_1"))
  }
}
