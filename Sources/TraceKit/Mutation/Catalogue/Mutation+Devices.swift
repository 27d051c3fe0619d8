import Model
import VirtioSpec

extension Mutation {
  /// Faults about device types.
  ///
  /// Spec: chapter 5
  static let devices: [Mutation] = [
    Mutation("blk.feat.flush-offer", "does not offer FLUSH") { life in
      guard life.type == "blk", life.isModern, life.session.offered.contains(9) else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.lacking(9) }
    }.entails(
      "blk.feat.wce-requires-flush", "feature.dev-offer-dependency", "feature.accept-dependency",
      "blk.cfg.writeback-init-0", because: "CONFIG_WCE is there without it"),
    Mutation("blk.feat.wce-requires-flush", "offers CONFIG_WCE without FLUSH") { life in
      guard life.type == "blk", life.session.offered.contains(9), life.session.offered.contains(11)
      else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.lacking(9) }
    }.entails(
      "blk.feat.flush-offer", "feature.dev-offer-dependency", "feature.accept-dependency",
      "blk.cfg.writeback-init-0", because: "FLUSH is not offered"),
    Mutation("blk.feat.zoned-legacy", "offers ZONED through the legacy interface") { life in
      guard life.type == "blk", life.isLegacy, life.transport == .mmio else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.offering(17, true) }
    },
    Mutation("blk.cfg.padding-zero", "shows something in unused0") { life in
      guard life.type == "blk" else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 33 && $0.step.width == 1 })
      {
        life.set($0, to: 7)
      }
    },
    Mutation("blk.cfg.no-early-writeback-read", "reads writeback before FEATURES_OK") { life in
      guard life.type == "blk", life.hasModernRegisters, let commit = life.setting(.featuresOK)
      else {
        return []
      }
      return life.faults(
        life.all(.readConfig).filter { $0.step.index == 32 && $0.number > commit.number }
      ) { life.move($0, before: commit) }
    },
    Mutation("net.feat.mac-accept", "does not accept MAC") { life in
      guard life.type == "net", life.isModern, life.session.offered.contains(5),
        life.session.accepted.contains(5)
      else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.accepting(5, false) }
    },
    Mutation("net.feat.legacy-rsc-bits", "offers bit 41 with VERSION_1") { life in
      guard life.type == "net", life.isModern else { return [] }
      return life.fault(life.setting(.driverOK)) { _ in life.offering(41, true) }
    },
    Mutation("net.feat.rx-extra-offer-ctrl", "offers CTRL_RX_EXTRA without CTRL_VQ") { life in
      guard life.type == "net", life.session.offered.contains(20),
        life.session.offered.contains(17), !life.session.accepted.contains(17)
      else { return [] }
      return life.fault(life.first(.readDeviceFeatures)) { _ in life.lacking(17) }
    }.entails(
      "net.feat.requires-offered", "feature.dev-offer-dependency",
      because: "others need CTRL_VQ as well"),
    Mutation("net.cfg.link-read", "does not look at the state of the link") { life in
      guard life.type == "net", life.session.accepted.contains(16), life.wasReset else { return [] }
      let reads = life.all(.readConfig).filter { $0.step.index <= 7 && $0.step.index >= 6 }
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    },
    Mutation("net.cfg.no-write", "writes the status of the link") { life in
      guard life.type == "net", life.transport != .ccw else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 6 }) { read in
        [life.insert(copyOf: read, before: read.access + 1) { $0.flags.insert(.toDevice) }]
      }
    },
    Mutation("net.cfg.max-vqp-range", "shows 0 pairs of queues") { life in
      guard life.type == "net", life.session.offered.contains(22) else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 8 && $0.step.width == 2 })
      {
        life.set($0, to: 0)
      }
    },
    Mutation("scsi.cfg.max-target-255", "shows 300 targets") { life in
      guard life.type == "scsi" else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 30 && $0.step.width == 2 })
      {
        life.set($0, to: 300)
      }
    },
    Mutation("scsi.cfg.max-lun-16383", "shows 20,000 units") { life in
      guard life.type == "scsi" else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 32 && $0.step.width == 4 })
      {
        life.set($0, to: 20_000)
      }
    },
    Mutation("scsi.cfg.write-only-sizes", "writes the number of targets") { life in
      guard life.type == "scsi" else { return [] }
      return life.faults(life.all(.readConfig).filter { $0.step.index == 30 }) { read in
        [life.insert(copyOf: read, before: read.access + 1) { $0.flags.insert(.toDevice) }]
      }
    },
    Mutation("scsi.init.discover-queues", "notifies a queue without having asked for any size") {
      life in
      guard life.type == "scsi", life.session.index == 0, life.first(.kick) != nil else {
        return []
      }
      let reads = life.all(.readQueueSize)
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    }.entails("legacy.vq.read-size", because: "the clause of the legacy interface"),
  ]

  /// Faults about what tells legacy from modern.
  ///
  /// Spec: the proposals of 2021; 2.2.3, 2.5.3, 2.7.3
  static let proposals: [Mutation] = [
    Mutation("rfc.detect.drv-transport-specific", "writes a register of the other version") {
      life in
      guard life.transport == .mmio, let status = life.setting(.driver),
        life.access(status).address & 0xff == 0x70
      else { return [] }
      return [
        Fault([
          life.insert(copyOf: status, before: status.access + 1) {
            $0.address = $0.address - 0x70 + (life.isLegacy ? 0x44 : 0x40)
            $0.value = 1
          }
        ])
      ]
    }.entails("legacy.mmio.version-one", because: "the clause behind the proposal"),
    Mutation("legacy.config.native-endian", "shows its configuration in the other byte order") {
      life in
      guard life.type == "blk", life.isLegacy, life.transport == .ccw else { return [] }
      return life.faults(
        life.all(.readConfig).filter { $0.step.index == 0 && $0.step.width == 8 && $0.value != 0 }
      ) { life.set($0, to: $0.value.byteSwapped) }
    },
    Mutation("legacy.vq.native-endian", "writes the available index in the other byte order") {
      life in
      guard life.isLegacy else { return [] }
      return life.faults(life.all(.availableIndex).filter { $0.value < 256 && $0.value > 4 }) {
        step in
        life.availableIndex(step).map {
          [
            life.patch(
              $0, 0, UInt64(UInt16(truncatingIfNeeded: step.value).byteSwapped), 2, step.queue)
          ]
        }
      }
    }.entails(lostCount, because: "the index is another one"),
    Mutation("legacy.detect.dev-by-version1", "writes the used index in the other byte order") {
      life in
      guard life.isLegacy else { return [] }
      return life.faults(life.all(.usedIndex).filter { $0.value < 256 && $0.value > 4 }) { step in
        life.usedIndex(step).map {
          [
            life.patch(
              $0, 0, UInt64(UInt16(truncatingIfNeeded: step.value).byteSwapped), 2, step.queue)
          ]
        }
      }
    }.entails(
      lostCount + ["split.irq.none-otherwise-event-idx", "split.irq.required-at-used-event"],
      because: "the index is another one"),
  ]
}
