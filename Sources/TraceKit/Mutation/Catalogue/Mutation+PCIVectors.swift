import Model
import VirtioSpec

extension Mutation {
  /// Faults about the vectors of virtio-pci.
  ///
  /// Spec: 4.1.5.1.2
  static let pciVectors: [Mutation] = [
    Mutation("pci.msix.vector-range", "writes 0x900 as a vector") { life in
      life.faults(life.mappings) { life.set($0, to: 0x900) }
    }.entails(
      "pci.msix.drv-no-vector-beyond-table", "pci.msix.dev-readback", "pci.msix.dev-report-failure",
      because: "the table has no such vector, and the device shows another"),
    Mutation("pci.msix.drv-no-vector-beyond-table", "maps a vector that the table lacks") { life in
      guard let vectors = life.session.layout.messages.vectors else { return [] }
      return life.faults(life.mappings) { life.set($0, to: UInt64(vectors)) }
    }.entails(
      "pci.msix.dev-readback", "pci.msix.dev-report-failure",
      because: "the recorded device shows another vector"),
    Mutation("pci.msix.dev-table-size", "maps a vector that its table lacks") { life in
      guard let vectors = life.session.layout.messages.vectors else { return [] }
      return life.faults(life.mappings) { write in
        guard let read = life.readBack(write) else { return nil }
        return life.setAll([write, read]) { _ in UInt64(vectors) }
      }
    }.entails(
      "pci.msix.drv-no-vector-beyond-table", "pci.msix.dev-report-failure",
      because: "the driver chose a vector beyond the table"),
    Mutation("pci.msix.dev-readback", "shows another vector than was mapped") { life in
      life.faults(life.mappings) { write in
        life.readBack(write).flatMap { life.set($0, to: write.value ^ 1) }
      }
    }.entails("pci.msix.dev-report-failure", because: "the same read"),
    Mutation("pci.msix.dev-unmap-any", "shows a vector that was unmapped") { life in
      guard life.session.messagesEnabled == .yes else { return [] }
      let writes = life.modernPCI(.writeQueueVector) + life.modernPCI(.writeConfigVector)
      return life.faults(writes.filter { $0.value == 0xffff }) { write in
        life.readBack(write).flatMap { life.set($0, to: 0) }
      }
    },
    Mutation("pci.msix.drv-verify", "does not look whether a vector was mapped") { life in
      life.faults(life.mappings) { write in
        guard let ready = life.setting(.driverOK), write.number < ready.number else { return nil }
        return life.between(write, ready).filter {
          ($0.kind == .readQueueVector || $0.kind == .readConfigVector) && $0.queue == write.queue
        }.flatMap { life.drop($0) }
      }
    },
  ]
}

extension Life {
  /// Writes that map a vector while messages are enabled.
  fileprivate var mappings: [Step] {
    guard session.messagesEnabled == .yes else { return [] }
    return (modernPCI(.writeQueueVector) + modernPCI(.writeConfigVector)).filter {
      $0.value < 0x800 && readBack($0) != nil
    }
  }

  /// The read that shows the vector which was written.
  fileprivate func readBack(_ write: Step) -> Step? {
    let kind: Transaction.Kind =
      write.kind == .writeQueueVector ? .readQueueVector : .readConfigVector
    guard let read = next(kind, after: write), read.queue == write.queue, read.value == write.value
    else { return nil }
    return read
  }
}
