import Model
import VirtioSpec

extension Mutation {
  /// Faults of a device about features.
  ///
  /// Spec: 2.2.2, 6.2
  static let offers: [Mutation] = [
    Mutation("feature.dev-offer-dependency", "offers a feature without its prerequisite") { life in
      life.groundless.compactMap { life.offering($0, true).map(Fault.init) }
    },
    Mutation("net.feat.requires-offered", "offers a feature without its prerequisite") { life in
      life.type == "net"
        ? life.groundless.compactMap { life.offering($0, true).map(Fault.init) } : []
    },
    Mutation("feature.dev-accept-valid-subset", "refuses a valid set of features") { life in
      life.refusal
    }
    .entails(refused, because: "the recorded driver goes on, whose device accepted its features")
    .entails(
      "feature.dev-renegotiate-same-set", because: "the device accepted the same set before"),
    Mutation("feature.dev-renegotiate-same-set", "refuses a set that it accepted before") { life in
      guard life.session.previous?.lastConfirmed == life.session.accepted else { return [] }
      return life.refusal
    }
    .entails(refused, because: "the recorded driver goes on, whose device accepted its features")
    .entails("feature.dev-accept-valid-subset", because: "the set is valid"),
    Mutation("feature.dev-no-offer-unsupported", "offers bit 24 without a legacy interface") {
      life in
      life.isNonTransitional && !life.session.offered.contains(24)
        ? life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(24, true) } : []
    },
    Mutation(
      "feature.dev-no-offer-device-type",
      "offers a legacy feature of its type without that interface"
    ) { life in
      let bits = ["blk": 0, "net": 6]
      guard life.isNonTransitional, let bit = bits[life.type] else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(bit, true) }
    },
    Mutation("feature.dev-no-offer-transport", "offers a feature that its transport lacks") {
      life in
      guard life.transport != .pci else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(37, true) }
    },
    Mutation("feature.sr-iov.dev-no-offer", "offers SR_IOV and is not on PCI") { life in
      guard life.transport != .pci else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(37, true) }
    },
    Mutation("mmio.feature.no-admin-vq", "offers ADMIN_VQ on MMIO") { life in
      guard life.transport == .mmio, life.type != "net", !life.type.isEmpty else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(41, true) }
    }.entails("feature.dev-no-offer-transport", because: "the same offer"),
    Mutation("ccw.feature.no-admin-vq", "offers ADMIN_VQ on channel I/O") { life in
      guard life.transport == .ccw, life.type != "net", !life.type.isEmpty else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(41, true) }
    }.entails("feature.dev-no-offer-transport", because: "the same offer"),
    Mutation("feature.version1.dev-offer", "does not offer VERSION_1") { life in
      guard life.hasModernRegisters, life.session.offered.contains(32) else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.lacking(32) }
    }.entails(
      "legacy.detect.drv-by-version1", because: "the recorded driver goes on as a modern one"),
    Mutation("legacy.detect.drv-by-version1", "goes on as a modern driver without VERSION_1") {
      life in
      guard life.hasModernRegisters, life.session.offered.contains(32) else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.lacking(32) }
    }.entails("feature.version1.dev-offer", because: "the device does not offer it"),
    Mutation("rfc.ccw.rev-gt0-dev-offer-version1", "does not offer VERSION_1 above revision 0") {
      life in
      guard life.isModern, life.transport == .ccw, life.session.offered.contains(32) else {
        return []
      }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.lacking(32) }
    }
    .entails("feature.version1.dev-offer", because: "the clause behind the proposal")
    .entails(
      "legacy.detect.drv-by-version1", "rfc.ccw.rev-gt0-drv-reject-no-version1",
      because: "the recorded driver goes on as a modern one"),
    Mutation("rfc.ccw.rev0-dev-no-version1", "offers VERSION_1 at revision 0") { life in
      guard life.isLegacy, life.transport == .ccw else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(32, true) }
    }.entails("rfc.legacy-if.dev-no-version1", because: "the same offer"),
    Mutation("rfc.legacy-if.dev-no-version1", "offers VERSION_1 through the legacy interface") {
      life in
      guard life.isLegacy else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(32, true) }
    }.entails("rfc.ccw.rev0-dev-no-version1", because: "the same offer"),
  ]

  /// Rules about a driver that goes on after a refusal.
  static let refused = [
    "core.init.stop-if-features-refused", "core.init.no-continue-after-failure",
    "core.init.set-failed-on-error", "ccw.status.drv-reject-means-unchanged",
    "rfc.legacy-if.dev-validate-accepted",
  ]
}

extension Life {
  /// Features that are not offered and whose prerequisites are not either.
  fileprivate var groundless: [Int] {
    known.filter { feature in
      feature.bit < 64 && !session.offered.contains(feature.bit)
        && session.offered.knows(feature.bit)
        && feature.requires.contains { terms in
          terms.allSatisfy { session.offered.knows($0) && !session.offered.contains($0) }
        }
    }.map(\.bit)
  }

  /// The device answers FEATURES_OK with a status that lacks it, or rejects the command.
  fileprivate var refusal: [Fault] {
    guard isModern, session.marks.featuresOKConfirmed, let commit = setting(.featuresOK) else {
      return []
    }
    if transport == .ccw {
      return fault(commit) { life in
        change(life) {
          $0.flags.insert(.commandReject)
          $0.code |= 0x0e << 16
        } + statusReads(commit, next(.writeStatus, after: commit)) { $0.subtracting(.featuresOK) }
      }
    }
    guard let answer = next(.readStatus, after: commit) else { return [] }
    let reads = all(.readStatus).filter { $0.number >= answer.number }
    return fault(answer) { _ in setAll(reads) { $0.value & ~8 } }
  }

  /// The device has no legacy interface, by what its transport says.
  fileprivate var isNonTransitional: Bool {
    switch transport {
    case .pci: (0x1040...0x107f).contains(session.profile.pciDeviceID)
    case .mmio: session.profile.mmioVersion == 2
    case .ccw: false
    }
  }
}
