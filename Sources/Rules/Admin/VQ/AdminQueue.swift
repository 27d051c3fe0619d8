import Model

/// Where the administration queues of a PCI device are, as its driver reads it.
///
/// Spec: 4.1.4.3, admin_queue_index and admin_queue_num
struct AdminQueues: Sendable {
  private var first: Int32 = -1
  private var count: Int32 = 1
  /// The read that told.
  private(set) var toldAt = RecordReference.none

  /// Offsets in the common configuration structure.
  private static let indexOffset: UInt32 = 0x3c
  private static let countOffset: UInt32 = 0x3e

  mutating func apply(_ step: Transaction) {
    guard step.kind == .readRegister, step.interface == .modern, step.hasValue, step.width == 2
    else { return }
    let value = Int32(truncatingIfNeeded: step.value & 0xffff)
    if step.index == Self.indexOffset {
      first = value
      toldAt = step.reference
    } else if step.index == Self.countOffset, value > 0 {
      count = value
    }
  }

  func contains(_ queue: Int32) -> Bool {
    toldAt.isSet && queue >= first && queue - first < count
  }
}
