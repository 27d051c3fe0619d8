import Model
import VirtioSpec

extension Mutation {
  /// Faults of revisions, commands and status of channel I/O.
  ///
  /// Spec: 4.3.2, 4.3.3
  static let ccw: [Mutation] = [
    Mutation("ccw.dev-sense-id", "answers SENSE ID with another first byte") { life in
      guard life.transport == .ccw else { return [] }
      return life.faults(life.all(.readDeviceID)) { life.data($0, 0, [0xfe]) }
    },
    Mutation("ccw.payload-big-endian", "tries its revision with the bytes in reverse first") {
      life in
      guard life.isModern else { return [] }
      return life.faults(life.revisions.filter { $0.value > 0 }) { step in
        let bytes: [UInt8] = [UInt8(step.value), 0] + life.bytes(step).dropFirst(2)
        return [.insert(step.access, life.rejected(step), bytes)]
      }
    }.entails("ccw.set-rev.highest-first", because: "the number is a high one"),
    Mutation("ccw.set-rev.first", "sends a command before the revision is set") { life in
      guard let revision = life.steps.first(where: { $0.kind == .setRevision }),
        revision.step.isAccepted, revision.value > 0, let reset = life.first(.reset),
        let status = life.first(.writeStatus), revision.number < reset.number
      else { return [] }
      return [Fault(life.move(revision, before: status))]
    }.entails(
      "ccw.set-rev.dev-reject-foreign-commands", "legacy.ccw.dev-reject-after-implicit-zero",
      "ccw.status.drv-no-read-below-rev2",
      because: "the device takes the command and the revision behind it"),
    Mutation("ccw.set-rev.no-second", "tries another revision after one was taken") { life in
      life.faults(life.revisions) { step in
        let bytes: [UInt8] = [0, step.value > 0 ? 0 : 1] + life.bytes(step).dropFirst(2)
        return [.insert(step.access + 1, life.rejected(step), bytes)]
      }
    },
    Mutation("ccw.drv-correct-length", "sends WRITE_STATUS with two bytes") { life in
      guard life.transport == .ccw else { return [] }
      return life.faults(life.statusWrites) { life.lengthened($0, by: 1) }
    }.entails("ccw.dev-length-mismatch", because: "the device takes it and shows nothing"),
    Mutation("ccw.feature.block-size", "reads features with eight bytes") { life in
      guard life.transport == .ccw else { return [] }
      return life.faults(life.all(.readDeviceFeatures)) { life.lengthened($0, by: 3) }
    }.entails("ccw.dev-length-mismatch", because: "the device takes it and shows nothing"),
    Mutation("ccw.status.drv-no-read-below-rev2", "reads the status below revision 2") { life in
      guard life.transport == .ccw, (0...1).contains(life.session.revision) else { return [] }
      return life.faults(life.statusWrites) { write in
        [
          life.insert(copyOf: write, before: write.access + 1) {
            $0.code = $0.code & ~0xff | 0x72 | 0x0e << 16
            $0.flags.remove(.toDevice)
            $0.flags.insert(.commandReject)
          }
        ]
      }
    },
    Mutation("ccw.status.dev-reject-on-failure", "takes a status that it does not set") { life in
      life.faults(life.shownStatus(.featuresOK)) { life.set($0, to: $0.value & ~8) }
    }.entails(
      "ccw.status.dev-read-returns-current", "feature.dev-accept-valid-subset",
      "core.init.stop-if-features-refused",
      "core.init.no-continue-after-failure", "core.init.set-failed-on-error",
      "feature.dev-renegotiate-same-set", because: "a refusal of FEATURES_OK"),
    Mutation("ccw.status.dev-read-returns-current", "shows a status that nobody set") { life in
      life.faults(life.shownStatus(.driver)) { life.set($0, to: $0.value & ~2) }
    },
    Mutation("ccw.config.whole-space", "ends a transfer inside a number") { life in
      guard life.transport == .ccw else { return [] }
      return life.faults(life.all(.readConfig)) { read in
        guard let field = life.field(of: read), field.width > 1, field.count == 1,
          Int(read.step.index) == field.offset, Int(read.step.width) == field.width,
          life.bytes(read).count == field.offset + field.width
        else { return nil }
        return life.lengthened(read, by: -1)
      }
    },
  ]

  /// Faults of queues, indicators and notifications of channel I/O.
  ///
  /// Spec: 4.3.2.2, 4.3.2.6, 4.3.3.2
  static let ccwQueues: [Mutation] = [
    Mutation("ccw.queue.read-conf-first", "sets up a queue whose size it has not read") { life in
      guard life.transport == .ccw, life.session.index == 0 else { return [] }
      return life.faults(life.all(.readQueueSize)) { life.drop($0) }
    }.entails(
      "legacy.vq.read-size", "scsi.init.discover-queues", because: "clauses of the same"),
    Mutation("ccw.queue.size-max", "sets a queue to more than its maximum") { life in
      life.transport == .ccw && life.session.rings.isEmpty ? life.oversized : []
    },
    Mutation("ccw.queue.block-format", "sets up a queue with the legacy block") { life in
      guard life.transport == .ccw, life.isModern else { return [] }
      return life.faults(life.all(.writeQueueEnable).filter { $0.value == 1 }) {
        life.lengthened($0, by: -16)
      }
    }.entails(
      "ccw.dev-length-mismatch", "ccw.drv-correct-length", because: "the length is wrong as well"),
    Mutation("legacy.ccw.queue-block-format", "sets up a queue with the modern block") { life in
      guard life.transport == .ccw, life.isLegacy else { return [] }
      return life.faults(life.all(.writeQueueEnable).filter { $0.value == 1 }) {
        life.lengthened($0, by: 16)
      }
    }.entails(
      "ccw.dev-length-mismatch", "ccw.drv-correct-length", because: "the length is wrong as well"),
    Mutation("ccw.ind.mutually-exclusive", "sets up both kinds of indicators") { life in
      guard life.first(.setAdapterIndicators) != nil else { return [] }
      return life.faults(life.all(.setConfigIndicators)) { step in
        [
          life.insert(copyOf: step, before: step.access + 1) { $0.code = $0.code & ~0xff | 0x43 }
        ]
      }
    }.entails("ccw.ind.dev-classic-after-adapter", because: "the device takes them"),
    Mutation("ccw.ind.before-driver-ok", "sets up its indicators after DRIVER_OK") { life in
      guard let ready = life.setting(.driverOK) else { return [] }
      return life.faults(
        life.all(.setIndicators, .setAdapterIndicators).filter {
          $0.number < ready.number && $0.value != 0
        }
      ) { life.move($0, before: ready.access + 1) }
    },
    Mutation("ccw.kick.value", "notifies a queue that there is not") { life in
      guard life.transport == .ccw, life.setting(.driverOK) != nil, life.session.rings.isEmpty
      else { return [] }
      return life.faults(life.all(.kick).filter { life.access($0).kind == .notifyHypercall }) {
        life.change($0) { $0.code = 99 }
      }
    }.entails(
      "core.init.queues-enabled-at-driver-ok", because: "the queue was never enabled"),
  ]
}

extension Life {
  /// Revisions that the device took.
  fileprivate var revisions: [Step] { all(.setRevision) }

  /// The access of a step as a command that the device rejects.
  fileprivate func rejected(_ step: Step) -> Access {
    var access = access(step)
    access.flags.insert(.commandReject)
    access.code |= 0x0e << 16
    return access
  }

  /// Reads of the status behind a write of `bit`, before the next one.
  fileprivate func shownStatus(_ bit: DeviceStatus) -> [Step] {
    guard transport == .ccw else { return [] }
    return all(.readStatus).filter { read in
      let before = steps.prefix(read.number).last {
        [.writeStatus, .readStatus, .reset].contains($0.kind)
      }
      return before?.kind == .writeStatus && before?.value == read.value
        && read.status.contains(bit)
    }
  }

  /// The data of a channel command with `bytes` from `place` on.
  fileprivate func data(_ step: Step, _ place: Int, _ bytes: [UInt8]) -> [Fault.Edit]? {
    var data = self.bytes(step)
    guard place + bytes.count <= data.count else { return nil }
    data.replaceSubrange(place..<place + bytes.count, with: bytes)
    return [.replace(step.access, access(step), data)]
  }

  /// A channel command with so many bytes more or less.
  fileprivate func lengthened(_ step: Step, by count: Int) -> [Fault.Edit]? {
    var access = access(step)
    let data = bytes(step)
    guard access.kind == .channelCommand, data.count + count > 0, Int(access.width) == data.count
    else { return nil }
    access.width = UInt32(data.count + count)
    let changed =
      count < 0 ? Array(data.dropLast(-count)) : data + [UInt8](repeating: 0, count: count)
    return [.replace(step.access, access, changed)]
  }
}
