/// Which buffers of a receive queue begin a packet, where a packet may take several.
///
/// The header says how many follow: one buffer whose bytes were not recorded, and the rest of the queue's
/// life is in doubt.
struct MergedPackets: Sendable {
  private var queues: [RequestFollower.Key: Place] = [:]

  private struct Place {
    /// Chains that the device had used when the next one came.
    var number: UInt64
    /// Buffers of the packet that came, and those that it still takes.
    var part: Int32
    var rest: Int32
  }

  /// 0 for a buffer that begins a packet, 2 for the second of one, -1 where nobody can say.
  ///
  /// - Parameter number: chains that the device had used before this one.
  mutating func part(
    of head: PayloadHead, number: UInt64, _ ring: FollowedRing, _ state: RingState
  ) -> Int32 {
    let key = RequestFollower.Key(device: ring.device, queue: ring.queue, id: 0)
    if let place = queues[key], place.number == number, place.rest > 0 {
      let next = Place(number: number &+ 1, part: place.part + 1, rest: place.rest - 1)
      queues[key] = next
      return next.part
    }
    let isFirst = number == 0 && state.isComplete
    guard isFirst || queues[key]?.number == number else {
      queues[key] = nil
      return -1
    }
    guard let header = NetPacketHeader(head, length: ring.netHeader),
      let count = header.numBuffers, UInt32(count) <= state.layout.size
    else {
      queues[key] = nil
      return 0
    }
    queues[key] = Place(number: number &+ 1, part: 1, rest: Int32(max(count, 1)) - 1)
    return 0
  }
}
