import Model
import VirtioSpec

extension Mutation {
  /// Faults of the common configuration structure of virtio-pci.
  ///
  /// Spec: 4.1.3, 4.1.4.3
  static let pci: [Mutation] = [
    Mutation("pci.access.natural-width", "reads num_queues with one byte") { life in
      life.modernPCI(.readNumQueues).flatMap { read in
        life.faults([read]) { life.change($0) { $0.width = 1 } }
      }
    },
    Mutation("pci.access.natural-width", "reads device_status with two bytes") { life in
      life.modernPCI(.readStatus).flatMap { read in
        life.faults([read]) { life.change($0) { $0.width = 2 } }
      }
    },
    Mutation("pci.access.wide-as-32", "writes an address of 64 bits at once") { life in
      let halves = life.modernPCI(.writeQueueAddress).filter { $0.step.mask & 1 == 1 }
      return life.faults(halves) { low in
        guard let high = life.next(.writeQueueAddress, after: low),
          high.queue == low.queue, high.step.index == low.step.index
        else { return nil }
        return life.drop(high)
          + life.change(low) {
            $0.width = 8
            $0.value |= high.value
          }
      }
    },
    Mutation("pci.access.little-endian", "writes its features with the bytes swapped") { life in
      life.faults(life.modernPCI(.writeDriverFeatures)) { write in
        let turned = UInt64(UInt32(truncatingIfNeeded: write.value).byteSwapped)
        let word = Int(write.step.index)
        guard life.session.offered.knows(word: word),
          turned & ~life.session.offered.word(word) != 0
        else { return nil }
        return life.set(write, to: turned)
      }
    }.entails(
      "feature.accept-subset-of-offered", "feature.no-accept-reserved",
      "feature.no-accept-undefined", "feature.no-accept-wrong-device-type",
      "feature.version1.drv-accept", "feature.accept-dependency", "net.feat.requires-accepted",
      "feature.sr-iov.drv-needs-capability", "net.feat.mac-accept",
      because: "what it accepts is another set"),
    Mutation("pci.common.dev-feature-window", "shows other features when asked again") { life in
      life.faults(life.modernPCI(.readDeviceFeatures).filter { $0.step.index < 2 }) { read in
        [life.insert(copyOf: read, before: read.access + 1) { $0.value ^= 1 << 5 }]
      }
    }.entails(
      "feature.accept-subset-of-offered", because: "the driver accepts what was offered first"),
    Mutation("pci.common.dev-enable-zero-on-reset", "shows a queue as enabled after a reset") {
      life in
      guard life.session.marks.resetReadBack.isSet else { return [] }
      return life.faults(
        life.modernPCI(.readQueueEnable).filter { read in
          read.value == 0
            && !life.steps.prefix(read.number).contains {
              $0.kind == .writeQueueEnable && $0.queue == read.queue
            }
        }
      ) { life.set($0, to: 1) }
    },
    Mutation("pci.common.dev-size-power-of-two", "shows the size 384 for a queue") { life in
      guard !life.session.accepted.contains(34) else { return [] }
      let written = Set(life.all(.writeQueueSize).map(\.queue))
      return life.faults(
        life.modernPCI(.readQueueSize).filter {
          $0.value > 0 && $0.value <= 256 && written.contains($0.queue)
        }
      ) { life.set($0, to: 384) }
    },
    Mutation("pci.common.no-write-read-only", "writes num_queues") { life in
      life.faults(life.modernPCI(.readNumQueues)) { read in
        [life.insert(copyOf: read, before: read.access + 1) { $0.flags.insert(.toDevice) }]
      }
    },
    Mutation("pci.common.queue-size-nonzero-packed", "writes the size 0 for a packed queue") {
      life in
      guard life.session.accepted.contains(34) else { return [] }
      return life.faults(life.modernPCI(.writeQueueSize)) { write in
        [life.insert(copyOf: write, before: write.access) { $0.value = 0 }]
      }
    },
    Mutation("pci.common.queue-size-power-of-two", "writes a size that is no power of two") {
      life in
      guard !life.session.accepted.contains(34) else { return [] }
      return life.faults(life.modernPCI(.writeQueueSize).filter { $0.value > 4 }) {
        life.set($0, to: $0.value - 2)
      }
    }.entails("split.size.power-of-two", because: "the clause of every transport"),
    Mutation("pci.common.queue-config-before-enable", "writes size or address of an enabled queue")
    {
      life in
      life.faults(life.modernPCI(.writeQueueEnable).filter { $0.value == 1 }) { enable in
        life.steps.prefix(enable.number).last {
          ($0.kind == .writeQueueSize || $0.kind == .writeQueueAddress) && $0.queue == enable.queue
            && $0.value != 0
        }.map { [life.insert(copyOf: $0, before: enable.access + 1)] }
      }
    },
    Mutation("pci.common.queue-enable-no-zero", "writes 0 to queue_enable") { life in
      life.faults(life.modernPCI(.writeQueueEnable).filter { $0.value == 1 }) { enable in
        [life.insert(copyOf: enable, before: enable.access) { $0.value = 0 }]
      }
    },
    Mutation("pci.common.queue-select-range", "sets up a queue beyond num_queues") { life in
      let last = life.setup.map(\.queue).max() ?? 0
      guard last > 0 else { return [] }
      let reads = life.modernPCI(.readNumQueues)
      return life.fault(reads.first) { _ in life.setAll(reads) { _ in UInt64(last) } }
    }
    .entails("pci.kick.value-index", because: "it notifies the queue as well")
    .entails(
      "pci.common.dev-size-zero-unavailable", because: "the device gives it a size all the same"),
    Mutation("pci.queue.size-not-above-max", "sets a queue to more than its maximum") { life in
      life.isModern && life.transport == .pci && life.session.rings.isEmpty ? life.oversized : []
    },
    Mutation("pci.queue.skip-size-zero", "sets up a queue whose size reads 0") { life in
      life.isModern && life.transport == .pci ? life.absent : []
    },
    Mutation("pci.kick.width-16", "notifies with 32 bits") { life in
      guard life.isModern, !life.session.accepted.contains(38) else { return [] }
      return life.faults(life.modernPCI(.kick).filter { life.access($0).width == 2 }) {
        life.change($0) { $0.width = 4 }
      }
    },
    Mutation("pci.kick.value-index", "notifies a queue with the number of another") { life in
      guard life.isModern, !life.session.accepted.contains(38) else { return [] }
      return life.faults(life.modernPCI(.kick)) { kick in
        life.change(kick) { $0.value = 99 }
      }
    }.entails(
      "core.init.queues-enabled-at-driver-ok", because: "the queue was never enabled"),
    Mutation("pci.kick.address", "notifies where no queue is") { life in
      guard life.isModern, !life.session.accepted.contains(38), life.kicksLie(below: 0x200) else {
        return []
      }
      return life.faults(life.modernPCI(.kick)) { kick in
        life.change(kick) { $0.address &+= 0x400 }
      }
    }.entails(
      "core.init.queues-enabled-at-driver-ok", because: "the queue was never enabled"),
  ]
}

extension Life {
  /// Steps through the common configuration structure, with accesses of their own.
  func modernPCI(_ kind: Transaction.Kind) -> [Step] {
    guard transport == .pci, isModern else { return [] }
    return all(kind).filter {
      isAlone($0) && ($0.step.interface == .modern || kind == .kick)
        && access($0).kind.rawValue <= Access.Kind.mmio.rawValue
        && !$0.step.traits.contains(.throughWindow) && !$0.step.traits.contains(.wrongWidth)
    }
  }

  /// The places of all queues lie in the beginning of the notification structure.
  fileprivate func kicksLie(below limit: UInt64) -> Bool {
    let addresses = modernPCI(.kick).map { access($0).address }
    guard let first = addresses.min(), let last = addresses.max() else { return false }
    return last - first < limit && session.layout.first(.notify)?.capability.length == 0x1000
  }
}
