import Model
import VirtioSpec

extension Mutation {
  /// Faults of available and used rings.
  ///
  /// Spec: 2.7.6 to 2.7.10
  static let splitRings: [Mutation] = [
    Mutation("split.avail.head-in-range", "makes a head available that the table lacks") { life in
      life.faults(life.all(.bufferAvailable)) { step in
        guard let layout = life.layout(step.queue), let slot = life.slot(step) else { return nil }
        return [life.patch(slot, 0, UInt64(layout.size), 2, step.queue)]
      }
    }.entails("split.used.id-was-available", because: "the device used the head that was meant"),
    Mutation("split.avail.head-not-in-flight", "makes a head available twice") { life in
      life.faults(life.all(.bufferAvailable)) { step in
        guard let slot = life.slot(step), life.isAnswered(step),
          let other = life.outstanding(step).first(where: { $0 != step.value })
        else { return nil }
        return [life.patch(slot, 0, other, 2, step.queue)]
      }
    }.entails(
      "split.used.id-was-available", "split.desc.dev-no-write-readable",
      because: "the device used the head that was meant"),
    Mutation("split.avail.idx-no-decrement", "takes entries back") { life in
      life.faults(life.all(.availableIndex).filter { $0.value > 4 }) { step in
        life.availableIndex(step).map { [life.patch($0, 0, step.value - 3, 2, step.queue)] }
      }
    }
    .entails("legacy.framing.any-layout", because: "chains before are announced again")
    .entails(lostCount, because: "the device goes on from the index that was meant"),
    Mutation("split.avail.outstanding-max", "makes more available than the queue holds") { life in
      life.faults(life.all(.availableIndex)) { step in
        guard let layout = life.layout(step.queue), life.isAnswered(step),
          let place = life.availableIndex(step)
        else { return nil }
        return [life.patch(place, 0, step.value + UInt64(layout.size), 2, step.queue)]
      }
    }.entails(
      lostCount + ["split.avail.head-not-in-flight"], because: "the ring is announced anew"),
    Mutation("split.avail.flags-zero-event-idx", "sets a flag with EVENT_IDX") { life in
      guard life.session.accepted.contains(29) else { return [] }
      return life.availableFlags(1)
    },
    Mutation("split.avail.flags-zero-or-one", "sets flag 1 of the available ring") { life in
      guard !life.session.accepted.contains(29) else { return [] }
      return life.availableFlags(2)
    },
    Mutation("split.barrier.before-idx", "announces an entry before it is there") { life in
      life.faults(life.all(.availableIndex)) { step in
        guard let place = life.availableIndex(step), place.access == step.access,
          let head = life.steps.dropFirst(step.number).first(where: {
            $0.kind == .bufferAvailable && $0.access == step.access && $0.queue == step.queue
          }), let slot = life.slot(head), slot.access < place.access,
          life.isOverwritten(slot, 2)
        else { return nil }
        return life.move(place.access, before: slot.access)
      }
    },
    Mutation("split.used.id-was-available", "uses a head that was not available") { life in
      life.usedEntries { used, entry, layout in
        [life.patch(entry, 0, UInt64(layout.size), 4, used.queue)]
      }
    },
    Mutation("split.used.len-covered", "tells of more bytes than it may write") { life in
      life.usedEntries { used, entry, _ in
        guard life.isModern else { return nil }
        return [life.patch(entry, 4, 0x00ff_ffff, 4, used.queue)]
      }
    },
    Mutation("split.used.idx-monotonic", "lowers the used index") { life in
      life.faults(life.all(.usedIndex).filter { $0.value > 3 }) { step in
        life.usedIndex(step).map { [life.patch($0, 0, step.value - 3, 2, step.queue)] }
      }
    }.entails(
      "split.used.id-was-available", "split.used.len-covered", "split.irq.none-otherwise-event-idx",
      "split.irq.required-at-used-event", because: "the next index publishes old entries again"),
    Mutation("split.used.len-before-idx", "publishes an entry before it is there") { life in
      life.usedEntries { used, entry, _ in
        guard let place = life.usedIndex(used), entry.access < place.access,
          life.isOverwritten(entry, 8)
        else { return nil }
        return life.move(place.access, before: entry.access)
      }
    },
    Mutation("split.used.data-before-idx", "writes a buffer after it has published it") { life in
      life.usedEntries { used, entry, _ in
        guard let place = life.usedIndex(used), entry.access < place.access else { return nil }
        let data = (max(0, entry.access - 8)..<entry.access).last {
          let access = life.recording.accesses[$0]
          return access.kind == .memory && access.code == 2 && life.isInBuffer(access.address, used)
        }
        return data.map { life.move($0, before: place.access + 1) }
      }
    },
    Mutation("split.used.flags-zero-event-idx", "sets a flag with EVENT_IDX") { life in
      guard life.session.accepted.contains(29) else { return [] }
      return life.usedFlags(1)
    },
    Mutation("split.used.flags-zero-or-one", "sets flag 1 of the used ring") { life in
      guard !life.session.accepted.contains(29) else { return [] }
      return life.usedFlags(2)
    },
  ]

  /// Rules that count what is outstanding.
  static let lostCount = [
    "split.used.idx-monotonic", "split.used.id-was-available", "split.avail.outstanding-max",
    "split.avail.idx-no-decrement", "split.kick.none-otherwise-event-idx",
    "split.kick.required-at-avail-event", "split.avail.head-not-in-flight",
  ]
}

extension Life {
  /// A fault for each entry of a used ring that the device wrote by itself.
  fileprivate func usedEntries(
    _ edits: (Step, MemoryPlace, QueueLayout) -> [Fault.Edit]?
  ) -> [Fault] {
    faults(all(.usedIndex)) { used in
      guard let layout = layout(used.queue), let entry = usedEntry(used),
        used.access - entry.access < 4
      else { return nil }
      return edits(used, entry, layout)
    }
  }

  /// The flags of an available ring behind the first entry.
  fileprivate func availableFlags(_ value: UInt64) -> [Fault] {
    faults(all(.availableIndex)) { step in
      guard let layout = layout(step.queue), let index = availableIndex(step),
        index.access == step.access
      else { return nil }
      var access = recording.accesses[step.access]
      access.address = layout.driverArea
      let bytes: [UInt8] = layout.isBigEndian ? [0, UInt8(value)] : [UInt8(value), 0]
      return [.insert(step.access + 1, access, bytes)]
    }
  }

  /// The flags of a used ring, set by the device.
  fileprivate func usedFlags(_ value: UInt64) -> [Fault] {
    faults(all(.usedIndex)) { step in
      guard let layout = layout(step.queue), let index = usedIndex(step) else { return nil }
      let bytes: [UInt8] = layout.isBigEndian ? [0, UInt8(value)] : [UInt8(value), 0]
      return [
        deviceWrite(layout.deviceArea, bytes, like: index.access, before: index.access + 1)
      ]
    }
  }

  /// The recording shows what stood at a place before it was written.
  fileprivate func isOverwritten(_ place: MemoryPlace, _ count: Int) -> Bool {
    let address = recording.accesses[place.access].address + UInt64(place.offset)
    return recording.accesses.prefix(place.access).contains {
      $0.kind == .memory && $0.address <= address
        && address - $0.address + UInt64(count) <= UInt64($0.payloadCount)
    }
  }

  /// The device used something of the queue before `step`.
  fileprivate func isAnswered(_ step: Step) -> Bool {
    steps.prefix(step.number).contains { $0.kind == .usedIndex && $0.queue == step.queue }
  }

  /// The heads that the device owns before `step`.
  fileprivate func outstanding(_ step: Step) -> [UInt64] {
    var heads: [UInt64] = []
    for earlier in steps.prefix(step.number) where earlier.queue == step.queue {
      if earlier.kind == .bufferAvailable { heads.append(earlier.value) }
      if earlier.kind == .bufferUsed { heads.removeAll { $0 == earlier.value } }
    }
    return heads
  }

  /// Whether the chain that `used` publishes has a buffer at `address` to be written.
  fileprivate func isInBuffer(_ address: UInt64, _ used: Step) -> Bool {
    let chain = steps.prefix(used.number).last {
      $0.kind == .bufferAvailable && $0.queue == used.queue
    }
    guard let chain, let parts = self.chain(chain) else { return false }
    return ([parts.head] + parts.rest).contains {
      $0.flags & 2 != 0 && $0.address <= address && address < $0.address + $0.length
    }
  }
}
