import Model
import VirtioSpec

/// What rules about the common configuration structure ask.
extension Session {
  /// A step through a structure of the modern interface of a PCI device.
  func isCommon(_ step: Transaction) -> Bool {
    profile.transport == .pci && step.interface == .modern
  }

  /// The driver said that its features are final.
  var isNegotiated: Bool { writtenStatus.contains(.featuresOK) }

}

/// Queues that something happened to, at most as many as a session follows.
struct QueueMarks: Sendable {
  private var marks: [(queue: Int32, reference: RecordReference)] = []

  subscript(queue: Int32) -> RecordReference? {
    get { marks.first { $0.queue == queue }?.reference }
    set {
      marks.removeAll { $0.queue == queue }
      if let newValue, marks.count < 1024 { marks.append((queue, newValue)) }
    }
  }

  mutating func removeAll() { marks.removeAll() }
}
