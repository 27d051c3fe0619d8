import Model
import VirtioSpec

extension Mutation {
  /// Faults of the initialization.
  ///
  /// Spec: 3.1.1
  static let initialization: [Mutation] = [
    Mutation("core.init.reset-first", "does not reset the device before it takes it over") { life in
      guard life.session.previous?.driverOK.isSet == true, let reset = life.steps.first,
        reset.step.isStatusReset, let begin = life.setting(.acknowledge),
        begin.status == .acknowledge
      else { return [] }
      let reads = life.between(reset, begin).filter { $0.kind == .readStatus }
      return [Fault(life.drop(reset) + reads.flatMap { life.drop($0) })]
    }.entails(
      "core.init.no-new-features-after-features-ok", "core.init.setup-before-driver-ok",
      "feature.renegotiate-needs-reset", "pci.common.queue-config-before-enable",
      "mmio.queue.no-config-when-ready", "mmio.queue.stop-write-zero",
      "legacy.mmio.size-max-only-unused", because: "the device in use is set up anew"),
    Mutation("core.init.ack-then-driver", "never sets ACKNOWLEDGE") { life in
      guard life.isInitialized, life.setting(.acknowledge) != nil else { return [] }
      return life.fault(life.setting(.driver)) { _ in life.without(.acknowledge) }
    }.entails(order, because: "the step is left out"),
    Mutation("core.init.features-after-driver", "writes its features before it sets DRIVER") {
      life in
      guard let driver = life.setting(.driver), let features = life.first(.writeDriverFeatures),
        let later = life.statusWrites.first(where: { $0.number > driver.number }),
        driver.number < features.number, features.number < later.number,
        later.status.contains(.driver)
      else { return [] }
      return life.fault(driver) {
        life.drop($0) + life.statusReads(driver, later) { $0.subtracting(.driver) }
      }
    }.entails(order, because: "the steps are out of order"),
    Mutation("core.init.features-ok-set", "never sets FEATURES_OK") { life in
      guard life.isModern, life.isInitialized else { return [] }
      return life.fault(life.setting(.featuresOK)) { _ in life.without(.featuresOK) }
    }
    .entails(order, because: "the step is left out")
    .entails("blk.cfg.no-early-writeback-read", because: "it is read before FEATURES_OK"),
    Mutation("core.init.driver-ok-set", "never sets DRIVER_OK") { life in
      guard life.isModern, life.isInitialized, life.wasReset,
        life.session.queues.contains(where: { $0.kicks > 1 })
      else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.without(.driverOK) }
    }
    .entails(order, because: "the step is left out")
    .entails(
      "core.init.no-kick-before-driver-ok", because: "every notification comes before the step"
    )
    .entails(
      "core.reset.dev-no-notify-after", "core.status.dev-no-notify-before-driver-ok",
      because: "the device answers before DRIVER_OK"),
    Mutation("core.init.features-read-before-write", "accepts features without having read any") {
      life in
      guard life.session.previous?.firstFeatureRead.isSet != true,
        let write = life.first(.writeDriverFeatures, where: { $0.value != 0 })
      else { return [] }
      let reads = life.all(.readDeviceFeatures).filter { $0.number < write.number }
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    }
    .entails("feature.validate-offered", because: "the other word is not read either")
    .entails(
      "config.check-feature-before-optional", because: "it touches fields of unknown features"),
    Mutation(
      "core.init.no-config-write-before-features-ok",
      "writes the configuration before it sets FEATURES_OK"
    ) { life in
      guard life.isModern, let commit = life.setting(.featuresOK) else { return [] }
      return life.faults(life.all(.writeConfig).filter { $0.number > commit.number }) {
        life.move($0, before: commit)
      }
    }.entails(order, because: "the steps are out of order"),
    Mutation("core.init.no-kick-before-driver-ok", "notifies the device before DRIVER_OK") { life in
      guard life.isModern, let ready = life.setting(.driverOK),
        let kick = life.first(.kick, where: { $0.number > ready.number && $0.queue >= 0 })
      else { return [] }
      return [Fault(life.move(kick, before: ready))]
    }.entails(order, because: "the steps are out of order"),
    Mutation("core.init.queues-enabled-at-driver-ok", "notifies a queue that it never enabled") {
      life in
      guard life.isModern, let ready = life.setting(.driverOK) else { return [] }
      let kicked = Set(life.all(.kick).filter { $0.number > ready.number }.map(\.queue))
      return life.faults(
        life.all(.writeQueueEnable).filter { $0.value == 1 && kicked.contains($0.queue) }
      ) { life.drop($0) }
    },
    Mutation("core.init.reread-features-ok", "does not read the status back after FEATURES_OK") {
      life in
      guard life.hasModernRegisters, let commit = life.setting(.featuresOK),
        !commit.status.contains(.driverOK), let setup = life.setup.first,
        commit.number < setup.number
      else { return [] }
      let reads = life.between(commit, setup).filter { $0.kind == .readStatus }
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    }.entails(order, because: "the step is left out"),
    Mutation("core.init.sequence-order", "sets up a queue before it sets FEATURES_OK") { life in
      guard life.isModern, let commit = life.setting(.featuresOK), let setup = life.setup.first,
        commit.number < setup.number, setup.number < life.setting(.driverOK)?.number ?? 0
      else { return [] }
      let reads = life.between(commit, setup).filter { $0.kind == .readStatus }
      return [
        Fault(life.move(commit, before: setup.access + 1) + reads.flatMap { life.drop($0) })
      ]
    }
    .entails(order, because: "the steps are out of order")
    .entails("core.init.reread-features-ok", because: "the read back would come too early"),
    Mutation("core.init.setup-before-driver-ok", "sets DRIVER_OK before its last queue is set up") {
      life in
      guard let ready = life.setting(.driverOK), life.isInitialized,
        let last = life.setup.last(where: { $0.number < ready.number }),
        let first = life.setup.first(where: { $0.queue == last.queue })
      else { return [] }
      let shown = life.statusReads(first, ready) { $0.union(.driverOK) }
      return [Fault(life.move(ready, before: first) + shown)]
    }
    .entails(order, because: "the steps are out of order")
    .entails("ccw.ind.before-driver-ok", because: "the indicators are set up too late as well")
    .entails("config.generation-loop", because: "what is read may change from DRIVER_OK on"),
  ]
}

extension Life {
  /// The life ended with a reset by its driver.
  var wasReset: Bool {
    guard let end = lastOfDevice else { return false }
    return session.index < end
  }
}
