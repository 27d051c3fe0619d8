import Model
import VirtioSpec

extension Mutation {
  /// Faults of what configuration space says.
  ///
  /// Spec: 4.1.2, 4.1.4
  static let pciLayout: [Mutation] = [
    Mutation("pci.cap.len-min", "has a common capability of 12 bytes") { life in
      life.capability(.common, 2, [12])
    },
    Mutation("pci.cap.dev-len-covers-extra", "has a notification capability of 16 bytes") { life in
      life.capability(.notify, 2, [16])
    }.entails("pci.cap.len-min", because: "the same byte"),
    Mutation("pci.cap.length-min", "has a common structure of 32 bytes") { life in
      life.capability(.common, 12, [0x20, 0, 0, 0])
    },
    Mutation("pci.cap.inside-bar", "has a structure that leaves its register") { life in
      life.capability(.device, 12, [0, 0, 0, 0x40])
    },
    Mutation("pci.common.dev-offset-aligned", "puts the common structure at an odd address") {
      life in
      life.capability(.common, 8, [life.offset(of: .common) | 2])
    },
    Mutation("pci.devcfg.dev-offset-aligned", "puts the configuration at an odd address") { life in
      life.capability(.device, 8, [life.offset(of: .device) | 2])
    },
    Mutation("pci.notify.dev-offset-align-2", "puts notifications at an odd address") { life in
      life.capability(.notify, 8, [life.offset(of: .notify) | 1], until: life.behindFeatures)
    }.entails("pci.cap.inside-bar", because: "the end moves as well"),
    Mutation("pci.notify.dev-multiplier", "has a multiplier of 6") { life in
      life.capability(.notify, 16, [6], until: life.behindFeatures)
    },
    Mutation("pci.notify.dev-length-min-2", "has a notification structure of one byte") { life in
      life.capability(.notify, 12, [1, 0, 0, 0], until: life.behindFeatures)
    }.entails(
      "pci.notify.dev-length-formula-2", "pci.notify.dev-length-all-queues",
      because: "no queue has room"),
    Mutation("pci.notify.dev-length-formula-2", "has room for one queue's notifications") { life in
      guard life.session.queues.contains(where: { $0.notifyOffset > 0 }) else { return [] }
      return life.capability(.notify, 12, [2, 0, 0, 0], until: life.setting(.driverOK))
    },
    Mutation("pci.notify.dev-length-all-queues", "has room for one queue's notifications") { life in
      guard life.session.queues.contains(where: { $0.notifyOffset > 0 }) else { return [] }
      return life.capability(.notify, 12, [2, 0, 0, 0], until: life.setting(.driverOK))
    },
    Mutation("pci.isr.dev-cap-present", "has no ISR capability") { life in
      life.missing(.isr)
    },
    Mutation("pci.cfgcap.dev-present", "has no configuration access capability") { life in
      life.missing(.pci)
    },
    Mutation("pci.devcfg.dev-cap-present", "has no device configuration capability") { life in
      life.missing(.device)
    },
    Mutation("pci.notify.dev-cap-present", "has no notification capability") { life in
      life.missing(.notify)
    },
    Mutation("pci.common.dev-cap-present", "has no common capability") { life in
      life.missing(.common)
    },
    Mutation("pci.bus.conformant", "has a capability list that ends in itself") { life in
      guard life.session.layout.isComplete, let entry = life.session.layout.capabilities.last else {
        return []
      }
      let place = Int(entry.capability.position)
      return life.configuration(place + 1, [UInt8(place)]).map { [Fault($0)] } ?? []
    },
    Mutation("pci.id.nt-revision", "has revision 0 and no legacy interface") { life in
      life.session.profile.pciDeviceID >= 0x1040 ? life.header(8, [0]) : []
    },
    Mutation("pci.id.nt-subsystem", "has the subsystem device id 2") { life in
      life.session.profile.pciDeviceID >= 0x1040 ? life.header(0x2e, [2, 0]) : []
    },
  ]

  /// Faults of the legacy interface of virtio-pci.
  ///
  /// Spec: 4.1.4.10, 4.1.5.1
  static let legacyPCI: [Mutation] = [
    Mutation("legacy.pci.queue-size-fixed", "writes the size of a queue") { life in
      guard life.isLegacy, life.transport == .pci else { return [] }
      return life.faults(life.all(.readQueueSize).filter { life.isAlone($0) }) { read in
        [life.insert(copyOf: read, before: read.access + 1) { $0.flags.insert(.toDevice) }]
      }
    }
  ]
}
