import Model
import VirtioSpec

/// A driver does not give up because the device offers something that it does not know.
///
/// Traps: one life cannot show why a driver failed, and a required feature may be missing instead.
/// What shows it is a life before, in which the driver worked with the same offer but for the
/// unknown bits.
///
/// Spec: 2.2.1
struct NoFailUnknownOffered: Rule {
  static let id = "feature.no-fail-unknown-offered"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, !session.marks.failed.isSet,
      step.value & UInt64(DeviceStatus.failed.rawValue) != 0, session.marks.firstFeatureRead.isSet,
      !session.marks.firstFeatureWrite.isSet, !session.marks.firstQueueSetup.isSet
    else { return .silent }
    var unknown: [Int] = []
    for bit in session.offered.bits {
      switch session.standing(bit) {
      case .reserved, .foreignToType: unknown.append(bit)
      default: break
      }
    }
    guard !unknown.isEmpty else { return .silent }
    guard let previous = session.previous, previous.driverOK.isSet,
      previous.interface == session.interface,
      previous.offered.isWithout(unknown, of: session.offered)
    else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver sets FAILED after it read that the device offers \(session.featureNames(unknown)), "
        + "and works without",
      session.offerEvidence(unknown[0]),
      Evidence(previous.driverOK, "DRIVER_OK in the life before, where the rest was offered alone"))
  }
}

extension FeatureSet {
  /// Whether this is `other` with `bits` taken away.
  func isWithout(_ bits: [Int], of other: FeatureSet) -> Bool {
    var rest = other
    for bit in bits where bit < 128 {
      rest.update(word: UInt32(bit / 32), value: 0, mask: 1 << UInt64(bit % 32))
    }
    return low == rest.low && high == rest.high
  }
}
