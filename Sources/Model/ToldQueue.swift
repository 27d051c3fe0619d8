/// A queue that was set up before the recording, as somebody told it.
public struct ToldQueue: Sendable, Equatable {
  public var index: Int32
  public var layout: QueueLayout

  public init(index: Int32, layout: QueueLayout) {
    self.index = index
    self.layout = layout
  }
}

extension Session {
  /// Where the queues lie that are in use: as the driver said in the recording, else as was told of a
  /// life that began before it.
  public var layouts: [(queue: Queue, layout: QueueLayout)] {
    var found = queues.compactMap { queue in
      queue.isEnabled ? QueueLayout(queue, of: self).map { (queue, $0) } : nil
    }
    for told in toldQueues {
      guard let layout = toldLayout(of: told.index) else { continue }
      found.append((queue(told.index) ?? Queue(index: told.index), layout))
    }
    return found
  }

  /// Where a queue lies of which the recording does not show that it was set up.
  func toldLayout(of index: Int32) -> QueueLayout? {
    guard !startKnown, let told = toldQueues.first(where: { $0.index == index }) else { return nil }
    if let queue = queue(index), queue.isEnabled || queue.disabledAt.isSet || queue.resetWrite.isSet
    {
      return nil
    }
    return told.layout
  }
}
