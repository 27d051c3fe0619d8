import Model
import VirtioSpec

/// What the place of a notification says of its queue.
enum Notified {
  /// The place is this queue's alone.
  case queue(Queue)
  /// The place is that of several queues, or of all.
  case any
  /// The place is that of no queue whose place was read.
  case nobody
  /// What the place means was not read.
  case unknown
}

extension Session {
  /// notify_off_multiplier; nil where it was not read, or several structures differ in it.
  var notifyMultiplier: UInt32? {
    let all = layout.all(.notify)
    guard let first = all.first?.capability.extra,
      all.allSatisfy({ $0.capability.extra == first })
    else { return nil }
    return first
  }

  /// Whose place the notification went to.
  func notified(by step: Transaction) -> Notified {
    guard let multiplier = notifyMultiplier else { return .unknown }
    guard multiplier > 0 else { return .any }
    var found: Queue?
    for queue in queues where queue.notifyOffset >= 0 {
      guard UInt64(queue.notifyOffset) * UInt64(multiplier) == UInt64(step.index) else { continue }
      if found != nil { return .any }
      found = queue
    }
    if let found { return .queue(found) }
    return queues.contains { $0.isEnabled && $0.notifyOffset < 0 } ? .unknown : .nobody
  }
}
