import Model

/// A list of a packed queue is no longer than the queue.
///
/// Spec: 2.8.17
struct PackedMaxQueueSize: ChainFaultRow {
  static let id = "packed.sg.max-queue-size"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.loop]

  static func deed(_ fault: RingFault) -> String {
    "with more descriptors than the queue has"
  }
}
