import Model
import VirtioSpec

/// A reset clears QueuePFN of every queue.
///
/// Spec: 4.2.4
struct LegacyResetClearsPFN: ResetClearsQueues {
  static let id = "legacy.mmio.reset-clears-pfn"
  static let kind = Transaction.Kind.readQueuePFN
  static let register = "QueuePFN"
  var tally = Tally()
}
