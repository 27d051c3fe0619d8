import Model
import Reports

/// Makes what screens show of queues: indexes, chains, and the rings where there is memory.
struct QueueWatch {
  private var held = HeldBuffers()
  private let base: BaseMemory
  /// Time of the last record.
  var now: Int64 = 0

  /// Queues whose rings are read for one publication.
  private static var ringLimit: Int { 64 }

  init(over base: BaseMemory) { self.base = base }

  mutating func take(_ kept: KeptStep) { held.take(kept) }

  /// The queues of a device.
  func states(
    of device: Device, _ number: Int32, _ memory: borrowing some GuestMemory & ~Copyable,
    readsRings: Bool
  ) -> [QueueState] {
    let session = device.current
    var read = 0
    return queues(of: device).sorted { $0.0.index < $1.0.index }.map { queue, layout in
      let isPacked = layout?.isPacked ?? session.accepted.contains(34)
      let ring = session.ring(queue.index)
      let taken = isPacked ? nil : held.count(number, queue.index, session: session.index)
      var state = QueueState(queue: queue, isPacked: isPacked)
      state.inFlight = ring.map { UInt64($0.totals.inFlight) } ?? taken.map(UInt64.init)
      if let ring, ring.totals.available > 0 || ring.totals.used > 0 {
        state.totals = [ring.totals.text]
      }
      state.hints = session.hints(of: queue.index, now: now)
      if readsRings, read < Self.ringLimit, let layout {
        read += 1
        let snapshot = QueueSnapshot(layout, in: memory, taken: taken)
        var shown = RingsReport.Queue(index: queue.index, snapshot: snapshot)
        shown.setAges(ring, now: now)
        state.rings = shown
      }
      return state
    }
  }

  /// The queues with where they lie: as the driver said in the recording, else as was told of a device
  /// that was set up before it.
  private func queues(of device: Device) -> [(Queue, QueueLayout?)] {
    let session = device.current
    var queues = session.queues.map { queue in
      (queue, queue.isEnabled ? QueueLayout(queue, of: session) : nil)
    }
    guard case .running(let told) = base, !session.startKnown, session.index == 0,
      queues.allSatisfy({ $0.1 == nil })
    else { return queues }
    for known in told[device.id] ?? [] {
      var queue = queues.first { $0.0.index == known.index }?.0 ?? Queue(index: known.index)
      queue.isEnabled = true
      queue.size = known.layout.size
      queue.descriptors = known.layout.descriptors
      queue.driverArea = known.layout.driverArea
      queue.deviceArea = known.layout.deviceArea
      queues.removeAll { $0.0.index == known.index }
      queues.append((queue, known.layout))
    }
    return queues
  }
}
