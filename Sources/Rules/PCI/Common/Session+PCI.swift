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

  /// ADMIN_VQ was accepted, and is not the bit of that number that older drivers of network
  /// devices know: for those the fields have to be there.
  var hasAdminQueues: Bool {
    guard accepted.contains(41) else { return false }
    guard profile.type == .net else { return true }
    return (layout.first(.common)?.capability.length ?? 0) >= 64
  }

  /// Whether queue `index` is an administration queue; nil where the device's fields were not read.
  func isAdminQueue(_ index: Int32) -> Bool? {
    guard hasAdminQueues else { return false }
    guard adminQueueIndex >= 0, adminQueueNum >= 0 else { return nil }
    return index >= adminQueueIndex && index < adminQueueIndex + adminQueueNum
  }
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
