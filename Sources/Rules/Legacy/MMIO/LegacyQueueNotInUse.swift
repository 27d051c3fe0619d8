import Model
import VirtioSpec

/// A driver of legacy virtio-mmio sets up no queue whose QueuePFN it reads as another value than 0.
///
/// Trap: a driver that takes over from firmware resets the device, or writes 0 to QueuePFN.
///
/// Spec: 4.2.4
struct LegacyQueueNotInUse: QueueNotInUse {
  static let id = "legacy.mmio.queue-not-in-use"
  static let kind = Transaction.Kind.readQueuePFN
  static let register = "QueuePFN"
  var tally = Tally()
  var inUse: [Int32] = []
  var shown = RecordReference.none
}
