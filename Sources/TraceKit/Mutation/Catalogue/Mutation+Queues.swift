import Model
import VirtioSpec

extension Mutation {
  /// Faults of size and place of queues on every transport.
  ///
  /// Spec: 2.7, 2.8
  static let queues: [Mutation] = [
    Mutation("split.size.power-of-two", "sets a queue to a size that is no power of two") { life in
      guard life.isModern, !life.session.accepted.contains(34) else { return [] }
      return life.faults(life.all(.writeQueueSize).filter { $0.value > 4 }) {
        life.set($0, to: $0.value - 1)
      }
    }.entails("pci.common.queue-size-power-of-two", because: "the clause of PCI"),
    Mutation("split.align.parts", "puts a part of a queue where it may not begin") { life in
      guard life.isModern, !life.session.accepted.contains(34), life.session.rings.isEmpty else {
        return []
      }
      return life.faults(life.all(.writeQueueAddress).filter { $0.step.mask & 1 == 1 }) {
        life.set($0, to: $0.value + 1)
      }
    },
    Mutation("packed.align.parts", "puts a part of a queue where it may not begin") { life in
      guard life.isModern, life.session.accepted.contains(34) else { return [] }
      return life.faults(life.all(.writeQueueAddress).filter { $0.step.mask & 1 == 1 }) {
        life.set($0, to: $0.value + 2)
      }
    },
    Mutation("packed.size.max-32768", "sets a packed queue to 0x8001 entries") { life in
      guard life.isModern, life.session.accepted.contains(34) else { return [] }
      return life.faults(life.all(.writeQueueSize)) { life.set($0, to: 0x8001) }
    }.entails("pci.queue.size-not-above-max", because: "the maximum is below"),
  ]
}
