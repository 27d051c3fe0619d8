import Model

/// How many buffers devices hold, where their own logs tell of taking and giving back.
struct HeldBuffers {
  private struct Key: Hashable {
    var device: Int32
    var queue: Int32
  }
  private struct Count {
    var session: Int
    var value: Int64
  }
  private var counts: [Key: Count] = [:]

  /// Queues that are counted, so that a hostile recording cannot fill memory.
  private static var limit: Int { 4096 }

  mutating func take(_ kept: KeptStep) {
    let change: Int64
    switch kept.step.kind {
    case .buffersTaken: change = Int64(clamping: kept.step.value)
    case .buffersUsed: change = -Int64(clamping: kept.step.value)
    default: return
    }
    let key = Key(device: kept.device, queue: kept.step.queue)
    guard counts[key] != nil || counts.count < Self.limit else { return }
    var count = counts[key] ?? Count(session: kept.session, value: 0)
    if count.session != kept.session { count = Count(session: kept.session, value: 0) }
    count.value &+= change
    counts[key] = count
  }

  /// Buffers of a queue that its device took and did not give back; nil where nothing was told.
  func count(_ device: Int32, _ queue: Int32, session: Int) -> UInt32? {
    guard let count = counts[Key(device: device, queue: queue)], count.session == session else {
      return nil
    }
    return UInt32(exactly: count.value)
  }
}
