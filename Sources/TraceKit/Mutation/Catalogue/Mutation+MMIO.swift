import Model
import VirtioSpec

extension Mutation {
  /// Faults of registers, interrupts and the start of virtio-mmio.
  ///
  /// Spec: 4.2.2, 4.2.3
  static let mmio: [Mutation] = [
    Mutation("mmio.dev-magic", "shows another magic value") { life in
      // Without a word of the host the magic value alone shows that there is a device.
      guard life.recording.accesses.contains(where: { $0.kind == .hostRegion }) else { return [] }
      return life.fault(life.firstOfMMIO(.readMagic)) { life.set($0, to: 0x7472_6970) }
    }.entails(ignored, because: "the recorded driver goes on"),
    Mutation("mmio.access.little-endian", "shows its device id with the bytes swapped") { life in
      guard life.first(.readMagic) != nil else { return [] }
      return life.fault(life.firstOfMMIO(.readDeviceID)) {
        life.set($0, to: UInt64(UInt32(truncatingIfNeeded: $0.value).byteSwapped))
      }
    },
    Mutation("mmio.dev-version", "shows a version that there is not") { life in
      guard life.isModern else { return [] }
      return life.fault(life.first(.readVersion)) { _ in
        life.setAll(life.all(.readVersion)) { _ in 3 }
      }
    }.entails(ignored, because: "the recorded driver goes on"),
    Mutation("mmio.dev-interrupt-status-until-ack", "takes an event back that nobody acknowledged")
    {
      life in
      let reads = life.all(.readISR).filter { read in
        read.value & 3 == read.value && read.value != 0 && life.transport == .mmio
          && life.next(.acknowledgeInterrupt, after: read)?.value == read.value
      }
      return life.faults(reads) { read in
        (0..<2).map { _ in life.insert(copyOf: read, before: read.access + 1) { $0.value = 0 } }
      }
    },
    Mutation("mmio.dev-reset-clears", "shows a queue as ready after a reset") { life in
      life.readyQueue(.readQueueEnable)
    }.entails("mmio.queue.check-not-in-use", because: "the recorded driver sets it up"),
    Mutation("mmio.queue.check-not-in-use", "sets up a queue that it reads as ready") { life in
      life.readyQueue(.readQueueEnable)
    }.entails("mmio.dev-reset-clears", because: "a reset lies before"),
    Mutation("mmio.access.known-offsets", "writes a register of the other version") { life in
      life.insertRegister(life.isLegacy ? 0x44 : 0x28, isWrite: true)
    },
    Mutation("mmio.access.no-write-read-only", "writes QueueSizeMax") { life in
      life.insertRegister(0x34, isWrite: true)
    },
    Mutation("mmio.access.no-read-write-only", "reads QueueSel") { life in
      life.insertRegister(0x30, isWrite: false)
    },
    Mutation("legacy.mmio.version-one", "writes QueueReady of a device of version 1") { life in
      life.isLegacy ? life.insertRegister(0x44, isWrite: true) : []
    }.entails("rfc.detect.drv-transport-specific", because: "the proposal says the same"),
    Mutation("mmio.access.control-32bit", "reads Status with one byte") { life in
      guard life.transport == .mmio else { return [] }
      return life.faults(life.all(.readStatus)) { life.change($0) { $0.width = 1 } }
    },
    Mutation("mmio.access.config-natural-width", "reads a field with half of its width") { life in
      guard life.transport == .mmio, life.isModern else { return [] }
      let reads = life.all(.readConfig).filter {
        let field = life.field(of: $0)
        return field?.offset == Int($0.step.index) && field?.count == 1
          && (field?.width ?? 0) > 1 && $0.step.width > 1
      }
      return life.faults(reads) { read in
        life.change(read) {
          $0.width /= 2
          $0.value &= (1 << (8 * UInt64($0.width))) - 1
        }
      }
    },
    Mutation("mmio.feature.sel-before-read", "reads features without having selected a word") {
      life in
      life.unselected(.selectDeviceFeatures, .readDeviceFeatures)
    }.entails("feature.validate-offered", because: "the word is another one than it means"),
    Mutation("mmio.feature.sel-before-write", "writes features without having selected a word") {
      life in life.unselected(.selectDriverFeatures, .writeDriverFeatures)
    }.entails(
      "feature.version1.drv-accept", "feature.accept-subset-of-offered",
      because: "the word is another one than it means"),
    Mutation("mmio.init.magic-version-first", "begins without having read the version") { life in
      guard life.transport == .mmio, life.session.index == 0, life.first(.readMagic) != nil else {
        return []
      }
      let reads = life.all(.readVersion)
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    },
    Mutation("mmio.init.read-device-id", "begins without having read the device id") { life in
      guard life.transport == .mmio, life.session.index == 0, life.first(.readMagic) != nil,
        life.first(.readVersion) != nil
      else { return [] }
      let reads = life.all(.readDeviceID)
      return reads.isEmpty ? [] : [Fault(reads.flatMap { life.drop($0) })]
    },
    Mutation("mmio.init.general-sequence", "never sets ACKNOWLEDGE") { life in
      guard life.transport == .mmio, life.isModern, life.isInitialized else { return [] }
      return life.fault(life.setting(.acknowledge)) { _ in life.without(.acknowledge) }
    }.entails(order + ["core.init.ack-then-driver"], because: "the step is left out"),
    Mutation("mmio.irq.ack-no-undefined", "acknowledges bit 2") { life in
      life.faults(life.acknowledgements) { life.set($0, to: $0.value | 4) }
    }.entails("mmio.irq.ack-handled", because: "no event is behind the bit"),
    Mutation("mmio.irq.ack-handled", "acknowledges an event that there was not") { life in
      life.faults(life.acknowledgements.filter { $0.value & 3 == 1 }) { life.set($0, to: 3) }
    }.entails("mmio.irq.ack-after-handling", because: "what it never saw it cannot have handled"),
    Mutation("mmio.irq.read-status", "acknowledges an interrupt without a look at it") { life in
      life.faults(life.acknowledgements) { acknowledgement in
        let read = life.steps.prefix(acknowledgement.number).last { $0.kind == .readISR }
        return read.map { life.drop($0) }
      }
    }.entails(
      "mmio.irq.ack-handled", "mmio.irq.ack-after-handling",
      because: "what it never saw it cannot have handled"),
    Mutation("mmio.irq.ack-after-handling", "acknowledges an interrupt before it looks at it") {
      life in
      life.faults(life.acknowledgements) { acknowledgement in
        let read = life.steps.prefix(acknowledgement.number).last { $0.kind == .readISR }
        return read.map { life.move(acknowledgement, before: $0) }
      }
    }.entails("mmio.irq.ack-handled", "mmio.irq.read-status", because: "the same write"),
  ]

  /// Rules about a driver that goes on with a device that it cannot use.
  static let ignored = [
    "mmio.probe.ignore-bad-magic", "mmio.probe.ignore-bad-version",
  ]
}

extension Life {
  fileprivate func firstOfMMIO(_ kind: Transaction.Kind) -> Step? {
    transport == .mmio ? first(kind) : nil
  }

  /// Acknowledgements of what InterruptStatus showed right before.
  fileprivate var acknowledgements: [Step] {
    guard transport == .mmio, setting(.driverOK) != nil else { return [] }
    return all(.acknowledgeInterrupt).filter { acknowledgement in
      let before = steps.prefix(acknowledgement.number).last {
        $0.kind == .readISR || $0.kind == .acknowledgeInterrupt
      }
      return before?.kind == .readISR && before?.value == acknowledgement.value
        && acknowledgement.value != 0
    }
  }

  /// The first queue that the driver sets up reads as ready.
  fileprivate func readyQueue(_ kind: Transaction.Kind) -> [Fault] {
    guard transport == .mmio, isModern, let first = setup.first,
      let read = steps.prefix(first.number).last(where: {
        $0.kind == kind && $0.queue == first.queue
      }),
      session.marks.resetReadBack.isSet, read.step.reference > session.marks.resetReadBack
    else { return [] }
    return fault(read) { set($0, to: 1) }
  }

  /// An access to the register at `offset` while the driver begins.
  fileprivate func insertRegister(_ offset: UInt64, isWrite: Bool) -> [Fault] {
    guard transport == .mmio, let status = setting(.driver), access(status).address & 0xff == 0x70
    else { return [] }
    let edit = insert(copyOf: status, before: status.access + 1) {
      $0.address = $0.address - 0x70 + offset
      $0.value = 0
      $0.flags = isWrite ? $0.flags : $0.flags.subtracting(.toDevice)
    }
    return [Fault([edit])]
  }

  /// The first access to features comes without a selection.
  fileprivate func unselected(_ select: Transaction.Kind, _ use: Transaction.Kind) -> [Fault] {
    guard transport == .mmio, session.index == 0, let first = first(use) else { return [] }
    let selections = all(select).filter { $0.number < first.number }
    guard !selections.isEmpty else { return [] }
    // A reset selects word 0.
    let shown =
      use == .readDeviceFeatures ? set(first, to: session.offered.word(0)) ?? [] : []
    return [Fault(selections.flatMap { drop($0) } + shown)]
  }
}
