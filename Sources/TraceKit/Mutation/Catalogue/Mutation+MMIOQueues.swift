import Model
import VirtioSpec

extension Mutation {
  /// Faults of queues of virtio-mmio.
  ///
  /// Spec: 4.2.2.2, 4.2.3.2
  static let mmioQueues: [Mutation] = [
    Mutation("mmio.queue.size-max", "sets a queue to more than its maximum") { life in
      life.transport == .mmio && life.isModern ? life.oversized : []
    },
    Mutation("mmio.queue.no-config-when-ready", "sets the size of a queue that is ready") { life in
      guard life.transport == .mmio, life.isModern else { return [] }
      return life.faults(life.all(.writeQueueEnable).filter { $0.value == 1 }) { enable in
        life.steps.prefix(enable.number).last {
          $0.kind == .writeQueueSize && $0.queue == enable.queue
        }.map { [life.insert(copyOf: $0, before: enable.access + 1)] }
      }
    },
    Mutation("mmio.queue.skip-size-zero", "makes a queue ready whose maximum is 0") { life in
      life.transport == .mmio && life.isModern ? life.absent : []
    }.entails("mmio.queue.size-max", because: "any size is more than 0"),
    Mutation("mmio.queue.config-before-ready", "makes a queue ready that is not set up") { life in
      guard life.transport == .mmio, life.isModern else { return [] }
      return life.faults(
        life.all(.writeQueueSize, .writeQueueAddress).filter {
          $0.kind == .writeQueueSize || $0.step.mask & 1 == 1
        }
      ) { life.drop($0) }
    }
    .entails(
      "core.init.queues-enabled-at-driver-ok", because: "an address is missing at DRIVER_OK"),
    Mutation("mmio.kick.value", "notifies a queue that there is not") { life in
      guard life.transport == .mmio, life.setting(.driverOK) != nil else { return [] }
      return life.faults(life.all(.kick)) { life.set($0, to: 77) }
    }.entails(
      "core.init.queues-enabled-at-driver-ok", because: "the queue was never enabled"),
  ]

  /// Faults of the legacy interface of virtio-mmio.
  ///
  /// Spec: 4.2.4
  static let legacyMMIO: [Mutation] = [
    Mutation("legacy.mmio.size-max", "sets a queue to more than its maximum") { life in
      life.transport == .mmio && life.isLegacy ? life.oversized : []
    }.entails("legacy.vq.alloc-size", because: "the next queue lies where it ends"),
    Mutation("legacy.mmio.page-size-before-queues", "tells no page size") { life in
      guard life.transport == .mmio, life.session.index == 0, life.first(.writeQueuePFN) != nil
      else {
        return []
      }
      let writes = life.all(.writeGuestPageSize)
      return writes.isEmpty ? [] : [Fault(writes.flatMap { life.drop($0) })]
    },
    Mutation("legacy.mmio.page-size-power-of-two", "tells a page size of 6 KiB") { life in
      life.faults(life.all(.writeGuestPageSize)) { life.set($0, to: 0x1800) }
    },
    Mutation("legacy.mmio.queue-align-power-of-two", "aligns a queue to 6 KiB") { life in
      life.transport == .mmio
        ? life.faults(life.all(.writeQueueAlign)) { life.set($0, to: 0x1800) } : []
    },
    Mutation("legacy.mmio.queue-not-in-use", "sets up a queue that it reads as in use") { life in
      life.usedQueue
    }.entails("legacy.mmio.reset-clears-pfn", because: "a reset lies before"),
    Mutation("legacy.mmio.reset-clears-pfn", "shows a queue as in use after a reset") { life in
      life.usedQueue
    }.entails("legacy.mmio.queue-not-in-use", because: "the recorded driver sets it up"),
    Mutation("legacy.mmio.size-max-only-unused", "reads the maximum of a queue in use") { life in
      guard life.transport == .mmio else { return [] }
      return life.faults(life.all(.writeQueuePFN).filter { $0.value != 0 }) { use in
        life.steps.prefix(use.number).last { $0.kind == .readQueueSize && $0.queue == use.queue }
          .map { [life.insert(copyOf: $0, before: use.access + 1)] }
      }
    },
    Mutation("legacy.mmio.order-size-align-pfn", "hands over a queue without size or alignment") {
      life in
      guard life.transport == .mmio, life.isLegacy else { return [] }
      return life.faults(
        life.all(.writeQueueSize, .writeQueueAlign).filter { write in
          life.first(.writeQueuePFN, where: { $0.queue == write.queue && $0.value != 0 }) != nil
        }
      ) { life.drop($0) }
    },
    Mutation("legacy.vq.read-size", "hands over a queue whose size it has not read") { life in
      guard life.isLegacy, life.session.index == 0 else { return [] }
      let used = Set(
        life.all(.writeQueuePFN, .writeQueueEnable).filter { $0.value != 0 }.map(\.queue))
      return used.sorted().compactMap { queue in
        let reads = life.all(.readQueueSize).filter { $0.queue == queue }
        return reads.isEmpty ? nil : Fault(reads.flatMap { life.drop($0) })
      }
    }.entails(
      "ccw.queue.read-conf-first", "scsi.init.discover-queues", because: "clauses of the same"),
    Mutation("legacy.init.drv-sequence", "sets FEATURES_OK through the legacy interface") { life in
      guard life.isLegacy, life.isInitialized else { return [] }
      return life.fault(life.setting(.driverOK)) { life.set($0, to: $0.value | 8) }
    },
  ]
}

extension Life {
  /// The driver sets the size of a queue to twice its maximum.
  var oversized: [Fault] {
    faults(all(.writeQueueSize)) { write in
      guard let queue = session.queue(write.queue), queue.maxSize > 0, queue.maxSize <= 0x4000
      else { return nil }
      return set(write, to: UInt64(queue.maxSize) * 2)
    }
  }

  /// The device shows the size 0 for a queue that the driver sets up.
  var absent: [Fault] {
    Set(setup.map(\.queue)).sorted().compactMap { queue in
      let reads = all(.readQueueSize).filter { $0.queue == queue }
      return setAll(reads) { _ in 0 }.flatMap { $0.isEmpty ? nil : Fault($0) }
    }
  }

  /// The first queue that the driver sets up reads as in use.
  fileprivate var usedQueue: [Fault] {
    guard transport == .mmio, isLegacy,
      session.marks.resetReadBack.isSet || session.marks.reset.isSet,
      let first = setup.first,
      let read = steps.prefix(first.number).last(where: {
        $0.kind == .readQueuePFN && $0.queue == first.queue
      })
    else { return [] }
    return fault(read) { set($0, to: 0x4321) }
  }
}
