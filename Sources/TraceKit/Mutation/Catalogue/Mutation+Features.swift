import Model
import VirtioSpec

extension Mutation {
  /// Faults of a driver about features.
  ///
  /// Spec: 2.2.1, 3.1.1, 6.1
  static let features: [Mutation] = [
    Mutation("feature.accept-subset-of-offered", "accepts what the device does not offer") { life in
      life.negotiable.filter { feature in
        !life.session.offered.contains(feature.bit) && !life.session.accepted.contains(feature.bit)
          && life.session.offered.knows(feature.bit)
          && life.isSatisfied(feature, in: life.session.accepted)
      }.compactMap { feature in life.accepting(feature.bit, true).map(Fault.init) }
    },
    Mutation("rfc.legacy-if.drv-accept-only-offered", "accepts what the device does not offer") {
      life in
      guard life.isLegacy else { return [] }
      return life.negotiable.filter { feature in
        !life.session.offered.contains(feature.bit) && !life.session.accepted.contains(feature.bit)
          && life.session.offered.knows(feature.bit)
          && life.isSatisfied(feature, in: life.session.accepted)
      }.compactMap { feature in life.accepting(feature.bit, true).map(Fault.init) }
    }.entails("feature.accept-subset-of-offered", because: "the clause behind the proposal"),
    Mutation("feature.accept-dependency", "accepts a feature without its prerequisite") { life in
      life.withoutPrerequisite
    },
    Mutation("net.feat.requires-accepted", "accepts a feature without its prerequisite") { life in
      life.type == "net" ? life.withoutPrerequisite : []
    },
    Mutation("feature.validate-offered", "accepts features of a word that it has not read") {
      life in
      guard life.session.previous?.firstFeatureRead.isSet != true,
        let write = life.first(
          .writeDriverFeatures, where: { $0.step.index == 1 && $0.value != 0 })
      else { return [] }
      let reads = life.all(.readDeviceFeatures).filter {
        $0.step.index == 1 && $0.number < write.number
      }
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    },
    Mutation("feature.no-accept-reserved", "accepts bit 27 through the modern interface") { life in
      guard life.isModern, life.session.offered.knows(27) else { return [] }
      return life.fault(life.setting(.featuresOK)) { _ in life.accepting(27, true) }
    }.entails("feature.accept-subset-of-offered", because: "the bit is not offered"),
    Mutation("feature.no-accept-undefined", "accepts bit 45, which nobody offers or describes") {
      life in
      guard life.isModern, life.session.offered.knows(45), !life.session.offered.contains(45)
      else { return [] }
      return life.fault(life.setting(.featuresOK)) { _ in life.accepting(45, true) }
    }.entails("feature.accept-subset-of-offered", because: "the bit is not offered"),
    Mutation("feature.no-accept-wrong-device-type", "accepts a bit of another device type") {
      life in
      guard life.isModern, let bit = life.foreignBit else { return [] }
      return life.fault(life.setting(.featuresOK)) { _ in life.accepting(bit, true) }
    }.entails("feature.accept-subset-of-offered", because: "the bit is not offered"),
    Mutation(
      "feature.no-accept-transport-unsupported", "accepts a feature that its transport lacks"
    ) { life in
      guard life.isModern, life.transport != .pci else { return [] }
      let bit = life.transport == .ccw ? 40 : 37
      return life.fault(life.setting(.featuresOK)) { _ in life.accepting(bit, true) }
    }
    .entails("feature.accept-subset-of-offered", because: "the bit is not offered"),
    Mutation("feature.version1.drv-accept", "leaves VERSION_1 out") { life in
      guard life.isModern, life.session.offered.contains(32) else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.accepting(32, false) }
    }.entails(
      "rfc.ccw.rev-gt0-drv-accept-version1", "rfc.ccw.rev-gt0-dev-refuse-without-version1",
      because: "the proposals ask both sides for it"),
    Mutation("rfc.ccw.rev-gt0-drv-accept-version1", "leaves VERSION_1 out") { life in
      guard life.isModern, life.transport == .ccw, life.session.offered.contains(32) else {
        return []
      }
      return life.fault(life.setting(.driverOK)) { _ in life.accepting(32, false) }
    }
    .entails("feature.version1.drv-accept", because: "the clause behind the proposal")
    .entails("rfc.ccw.rev-gt0-dev-refuse-without-version1", because: "the device takes it"),
    Mutation("feature.ring-packed.drv-accept", "leaves RING_PACKED out, which it accepted before") {
      life in
      guard life.isModern, life.session.accepted.contains(34),
        life.session.previous?.everConfirmed.contains(34) == true
      else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.accepting(34, false) }
    },
    Mutation("legacy.feature.bit30-not-negotiated", "accepts bit 30") { life in
      life.isLegacy && life.first(.writeDriverFeatures) != nil
        ? (life.accepting(30, true).map { [Fault($0)] } ?? []) : []
    }.entails(
      "feature.accept-subset-of-offered", "rfc.legacy-if.drv-accept-only-offered",
      because: "the bit may not be offered"),
    Mutation("core.init.no-new-features-after-features-ok", "accepts more after FEATURES_OK") {
      life in
      life.lateFeatures.filter { life.session.isModern && $0.isMore }.map(\.fault)
    }.entails(order, because: "the steps are out of order")
      .entails("feature.renegotiate-needs-reset", because: "the same write"),
    Mutation("feature.renegotiate-needs-reset", "takes a feature back after FEATURES_OK") { life in
      life.lateFeatures.filter { life.session.isModern && !$0.isMore }.map(\.fault)
    },
    Mutation("core.init.stop-if-features-refused", "goes on though FEATURES_OK was refused") {
      life in
      guard life.hasModernRegisters, let commit = life.setting(.featuresOK),
        let answer = life.next(.readStatus, after: commit), answer.step.hasValue,
        life.setup.first.map({ $0.number > answer.number }) == true
      else { return [] }
      let reads = life.all(.readStatus).filter { $0.number >= answer.number }
      let edits = life.setAll(reads) { $0.value & ~8 }
      return life.fault(answer) { _ in edits }
    }.entails(
      "feature.dev-accept-valid-subset", "feature.dev-renegotiate-same-set",
      because: "the device refuses what it offered"
    ).entails("core.init.set-failed-on-error", because: "the driver does not set FAILED"),
  ]
}

extension Life {
  /// Features that a driver may accept or not, without a meaning for rings or transport.
  fileprivate var negotiable: [FeatureBit] {
    guard let type = session.profile.type else { return [] }
    return FeatureCatalogue.features(of: type).filter { !$0.legacyOnly && $0.bit < 24 }
  }

  /// Faults in which a prerequisite of an accepted feature is left out.
  fileprivate var withoutPrerequisite: [Fault] {
    guard isModern else { return [] }
    let needed = Set(
      known.filter { session.accepted.contains($0.bit) }
        .flatMap { $0.requires.filter { $0.count == 1 }.joined() })
    return needed.sorted().filter { session.accepted.contains($0) }
      .compactMap { accepting($0, false).map(Fault.init) }
  }

  /// A bit in the range of the device types that the type does not define and nobody offers.
  fileprivate var foreignBit: Int? {
    guard session.profile.type?.isSpecified == true else { return nil }
    let defined = Set(
      session.profile.type.map { FeatureCatalogue.features(of: $0).map(\.bit) } ?? [])
    return (1..<24).reversed().first {
      !defined.contains($0) && session.offered.knows($0) && !session.offered.contains($0)
    }
  }

  /// Writes of features behind FEATURES_OK that add one, or take one away.
  fileprivate var lateFeatures: [(isMore: Bool, fault: Fault)] {
    guard let commit = setting(.featuresOK),
      let write = all(.writeDriverFeatures).last(where: { $0.number < commit.number }),
      isAlone(write), transport != .ccw, let setup = setup.first, setup.number > commit.number
    else { return [] }
    // The place behind the read back, where the driver begins with its queues.
    return (0..<24).compactMap { low in
      let bit = Int(write.step.index) * 32 + low
      guard session.offered.contains(bit) else { return nil }
      let isMore = !session.accepted.contains(bit)
      let edit = insert(copyOf: write, before: setup.access) { $0.value ^= 1 << UInt64(low) }
      return (isMore, Fault([edit]))
    }
  }
}
