import Model
import VirtioSpec

extension Mutation {
  /// Faults of status, reset and notifications.
  ///
  /// Spec: 2.1, 2.4
  static let status: [Mutation] = [
    Mutation("core.status.no-clear-bits", "clears ACKNOWLEDGE when it sets DRIVER_OK") { life in
      guard life.isInitialized else { return [] }
      return life.fault(life.setting(.driverOK)) {
        guard $0.status.contains(.acknowledge), $0.status.contains(.driver) else { return nil }
        return life.clearing(.acknowledge, at: $0)
      }
    },
    Mutation("core.status.no-clear-bits", "clears DRIVER when it sets DRIVER_OK") { life in
      guard life.isInitialized, let ready = life.setting(.driverOK),
        let driver = life.setting(.driver),
        driver.number < ready.number
      else { return [] }
      return life.fault(ready) { life.clearing(.driver, at: $0) }
    },
    Mutation("core.status.progress-bits", "never sets DRIVER") { life in
      guard life.isInitialized, life.first(.writeDriverFeatures) != nil else { return [] }
      return life.fault(life.setting(.driver)) { _ in life.without(.driver) }
    }.entails(
      order + ["core.init.features-after-driver"], because: "the step is left out"),
    Mutation("core.reset.drv-wait-status-zero", "does not wait for the end of a reset") { life in
      guard life.hasModernRegisters else { return [] }
      return life.unawaitedReset
    },
    Mutation("pci.common.wait-reset", "does not wait for the end of a reset") { life in
      guard life.isModern, life.transport == .pci else { return [] }
      return life.unawaitedReset
    },
    Mutation("core.reset.dev-status-zero", "shows another status than 0 after a reset") { life in
      guard life.transport == .ccw, let reset = life.first(.reset),
        let read = life.next(.readStatus, after: reset), read.step.isAccepted, read.value == 0,
        !life.between(reset, read).contains(where: { $0.kind == .writeStatus })
      else { return [] }
      return life.fault(read) { life.set($0, to: 0x0f) }
    },
    Mutation("ccw.reset.dev-finish-before-end", "shows another status than 0 after a reset") {
      life in
      guard life.transport == .ccw, let reset = life.first(.reset),
        let read = life.next(.readStatus, after: reset), read.step.isAccepted, read.value == 0,
        !life.between(reset, read).contains(where: { $0.kind == .writeStatus })
      else { return [] }
      return life.fault(read) { life.set($0, to: 0x07) }
    },
    Mutation("pci.common.dev-reset-on-zero", "keeps its status over a reset for good") { life in
      life.lastingStatus(.pci)
    },
    Mutation("core.reset.dev-status-zero", "keeps its status over a reset for good") { life in
      life.lastingStatus(.mmio)
    },
    Mutation("core.reset.dev-no-notify-after", "notifies its driver before DRIVER_OK") { life in
      guard life.isModern, let ready = life.setting(.driverOK),
        life.session.marks.resetReadBack.isSet || life.transport == .ccw,
        let commit = life.setting(.featuresOK)
      else { return [] }
      let calls = life.steps.filter {
        $0.kind == .interrupt && $0.queue >= 0 && $0.step.index == 0 && $0.number > ready.number
          && life.access($0).kind.rawValue < 128
      }
      // Once the queue is set up, whose interrupt it is can be told.
      guard let enable = life.all(.writeQueueEnable).last(where: { $0.number < ready.number }),
        enable.number > commit.number
      else { return [] }
      return life.faults(calls) { call in
        [life.insert(copyOf: call, before: ready.access)]
      }
    }.entails(
      "core.status.dev-no-notify-before-driver-ok", because: "the same notification"),
    Mutation("core.status.dev-no-consume-before-driver-ok", "uses a buffer before DRIVER_OK") {
      life in
      guard life.isModern, let ready = life.setting(.driverOK),
        let used = life.steps.first(where: { $0.kind == .usedIndex && $0.number > ready.number }),
        let after = life.steps.first(where: {
          $0.number > used.number && $0.access > used.access && !$0.step.isRingStep
        })
      else { return [] }
      return [Fault(life.move(ready, before: after))]
    }
    .entails(order, because: "the driver notifies the device before DRIVER_OK")
    .entails(
      "core.init.no-kick-before-driver-ok",
      because: "the driver notifies the device before DRIVER_OK"),
  ]
}

extension Life {
  /// The driver leaves `bit` out of a status, and the device shows what it wrote.
  fileprivate func clearing(_ bit: DeviceStatus, at step: Step) -> [Fault.Edit]? {
    let next = steps.first { $0.number > step.number && $0.kind == .writeStatus }
    return set(step, to: UInt64(step.status.subtracting(bit).rawValue)).map {
      $0 + statusReads(step, next) { $0.subtracting(bit) }
    }
  }

  /// The driver goes on after a reset without having read the status as 0.
  fileprivate var unawaitedReset: [Fault] {
    guard let reset = steps.first(where: { $0.step.isStatusReset }) else { return [] }
    let write = statusWrites.first { $0.number > reset.number }
    let reads = between(reset, write).filter { $0.kind == .readStatus }
    guard write != nil, reads.contains(where: { $0.value == 0 }) else { return [] }
    return [Fault(reads.flatMap { drop($0) })]
  }

  /// The device shows an old status a thousand times over two seconds, and the recording ends.
  fileprivate func lastingStatus(_ kind: TransportKind) -> [Fault] {
    guard transport == kind, isModern,
      let reset = steps.first(where: { $0.step.isStatusReset }),
      let read = next(.readStatus, after: reset), read.value == 0, isAlone(read)
    else { return [] }
    var edits = end(after: read)
    for number in 0..<1_001 {
      edits.append(
        insert(copyOf: read, before: read.access + 1) {
          $0.value = 0x0f
          $0.time &+= Int64(number + 1) &* 2_000_000
        })
    }
    return [Fault([.drop(read.access)] + edits)]
  }
}
