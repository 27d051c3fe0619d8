import Model
import VirtioSpec

extension Mutation {
  /// Faults of descriptors and chains of split rings.
  ///
  /// Spec: 2.7.5
  static let splitChains: [Mutation] = [
    Mutation("split.indirect.no-next-with-indirect", "sets NEXT with INDIRECT") { life in
      life.chains { step, head, _ in
        head.flags & 4 == 0 ? nil : [life.patch(head.place, 12, head.flags | 1, 2, step.queue)]
      }
    },
    Mutation("split.indirect.len-multiple-16", "gives a table another length than its entries") {
      life in
      life.chains { step, head, _ in
        head.flags & 4 == 0 ? nil : [life.patch(head.place, 8, head.length + 8, 4, step.queue)]
      }
    },
    Mutation("split.indirect.requires-feature", "uses indirect tables without the feature") {
      life in
      guard !life.session.rings.isEmpty, life.session.accepted.contains(28) else { return [] }
      return life.chains { _, head, _ in head.flags & 4 == 0 ? nil : life.accepting(28, false) }
        .prefix(1).map { $0 }
    },
    Mutation("split.indirect.no-nested", "puts a table into a table") { life in
      life.chains { step, head, rest in
        guard head.flags & 4 != 0, let first = rest.first else { return nil }
        return [life.patch(first.place, 12, first.flags | 4, 2, step.queue)]
      }
    },
    Mutation("split.desc.next-in-range", "links a descriptor behind the table") { life in
      life.chains { step, head, rest in
        let isTable = head.flags & 4 != 0
        guard let part = isTable ? rest.first : head, part.flags & 1 != 0,
          let layout = life.layout(step.queue)
        else { return nil }
        let end = isTable ? head.length / 16 : UInt64(layout.size)
        return [life.patch(part.place, 14, end, 2, step.queue)]
      }
    }.entails(unfinished, because: "the device used the chain as it was"),
    Mutation("split.desc.no-loop", "links a descriptor to itself") { life in
      life.chains { step, head, rest in
        let isTable = head.flags & 4 != 0
        guard let part = isTable ? rest.first : head, part.flags & 1 != 0 else { return nil }
        return [life.patch(part.place, 14, isTable ? 0 : step.value, 2, step.queue)]
      }
    }.entails(unfinished, because: "the device used the chain as it was"),
    Mutation(
      "split.desc.readable-before-writable", "puts a part to be read behind one to be written"
    ) { life in
      life.chains { step, head, rest in
        let parts = head.flags & 4 != 0 ? rest : [head] + rest
        guard parts.count > 2, let last = parts.last, last.flags & 2 != 0,
          parts[parts.count - 2].flags & 2 != 0
        else { return nil }
        return [life.patch(last.place, 12, last.flags & ~2, 2, step.queue)]
      }
    }.entails(unfinished, because: "the device wrote what it could before"),
    Mutation("split.desc.chain-max-4gib", "makes a chain of more than 4 GiB available") { life in
      life.chains { step, head, rest in
        let parts = head.flags & 4 != 0 ? rest : [head] + rest
        guard parts.count > 1, let last = parts.last,
          parts.dropLast().reduce(0, { $0 + $1.length }) > 1
        else { return nil }
        return [life.patch(last.place, 8, 0xffff_ffff, 4, step.queue)]
      }
    }.entails(
      "legacy.vq.alloc-size", "split.used.data-before-idx",
      because: "so long a buffer reaches into rings and all that is written"
    ).entails("blk.req.len-multiple-512", because: "4 GiB less one byte are no whole sectors"),
    Mutation("split.desc.dev-no-write-table", "writes into the descriptor table") { life in
      life.chains { step, head, _ in
        guard let used = life.answer(to: step), let entry = life.usedEntry(used),
          entry.access > step.access, let layout = life.layout(step.queue)
        else { return nil }
        return [
          life.deviceWrite(
            layout.descriptors + 16 * step.value + 8, [0x12, 0x34, 0x56, 0x01],
            like: entry.access, before: entry.access)
        ]
      }
    },
    Mutation("split.desc.dev-no-write-readable", "writes into a buffer that it may only read") {
      life in
      life.chains { step, head, rest in
        let parts = head.flags & 4 != 0 ? rest : [head] + rest
        guard let used = life.answer(to: step), let entry = life.usedEntry(used),
          entry.access > step.access,
          let read = parts.first(where: { $0.flags & 2 == 0 && $0.length >= 4 })
        else { return nil }
        return [
          life.deviceWrite(
            read.address, [0xa5, 0x5a, 0xa5, 0x5a], like: entry.access, before: entry.access)
        ]
      }
    },
  ]

  /// Rules about what the device did with a chain that the driver described otherwise.
  static let unfinished = ["split.desc.dev-no-write-readable", "split.used.len-covered"]
}

extension Life {
  /// A fault for each chain that `edits` can be made in.
  func chains(_ edits: (Step, Descriptor, [Descriptor]) -> [Fault.Edit]?) -> [Fault] {
    guard !session.rings.isEmpty else { return [] }
    return faults(all(.bufferAvailable)) { step in
      chain(step).flatMap { edits(step, $0.head, $0.rest) }
    }
  }
}
