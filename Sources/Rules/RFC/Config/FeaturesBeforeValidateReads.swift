import Model
import VirtioSpec

/// Proposal: a driver writes its features before it reads multi-byte configuration to validate it.
///
/// Traps: single bytes have no order; a little-endian guest reads the same either way; a device that
/// is not transitional has but one order.
struct FeaturesBeforeValidateReads: Rule {
  static let id = "rfc.config.features-before-validate-reads"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.width > 1, session.isModern,
      session.marks.firstFeatureRead.isSet, session.offered.contains(32)
    else { return .silent }
    guard !session.marks.firstFeatureWrite.isSet else { return .held }
    guard !session.isNonTransitional else { return .silent }
    switch session.guestIsBigEndian {
    case .no: return .silent
    case .unknown: return .undecidable(.byteOrderNotRecorded)
    case .yes: break
    }
    guard session.isKnownTransitional else { return .undecidable(.topologyNotRecorded) }
    return .broken(
      "driver reads \(step.width) bytes of configuration at offset \(hex(step.index)) "
        + "before it writes its features",
      Evidence(session.marks.firstFeatureRead, "driver reads the device's features"))
  }
}

extension Session {
  /// Channel I/O exists on big-endian machines only.
  var guestIsBigEndian: Knowledge {
    profile.transport == .ccw ? .yes : profile.guestIsBigEndian
  }

  /// The device is known to have a legacy interface beside the modern one.
  var isKnownTransitional: Bool {
    switch profile.transport {
    case .pci: profile.hasTransitionalPCIID && profile.hasCommonConfiguration == .yes
    case .mmio: false
    case .ccw: previous?.interface == .legacy
    }
  }
}
