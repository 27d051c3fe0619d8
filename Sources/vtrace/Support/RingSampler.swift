import Model
import Recordings
import Rules

/// Looks at the rings of a running guest whenever a kick or an interrupt of theirs is seen.
///
/// Nothing but memory is read; the guest is neither stopped nor asked.
struct RingSampler {
  private var analysis = Analysis()
  private let memory: CombinedMemory
  /// Queues of guests that were set up before the recording began, by the device's id.
  private let told: [String: [RunningDevice.Queue]]
  private let due = Due()
  private var rings: [Key: WatchedRing] = [:]
  /// Looks at queues that gave nothing, because they never stayed still or lie in no memory.
  private(set) var missed: UInt64 = 0

  private struct Key: Hashable {
    var device: Int32
    var queue: Int32
  }

  /// Devices at which something happened.
  private final class Due {
    var devices: Set<String> = []
  }

  init(memory: CombinedMemory, devices: [RunningDevice], hints: [DeviceHint]) {
    self.memory = memory
    told = Dictionary(devices.map { ($0.id, $0.queues) }) { first, _ in first }
    analysis.judges = false
    for hint in hints { analysis.take(hint) }
    let due = due
    analysis.onTransaction = { step, device in
      guard [.kick, .interrupt, .readISR].contains(step.kind) else { return }
      due.devices.insert(device.id)
    }
  }

  /// Takes accesses, to know the devices and their queues.
  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    analysis.receive(batch, payload: payload)
  }

  /// Begins anew: the next look at each ring finds all of it.
  mutating func forget() {
    for key in rings.keys { rings[key]?.forget() }
  }

  /// What changed in the rings of devices at which something happened; nil when that is nothing.
  mutating func look(at time: Int64) -> MemoryLook? {
    guard !due.devices.isEmpty else { return nil }
    var look = MemoryLook(time: time)
    for (number, device) in analysis.machine.devices.all.enumerated()
    where due.devices.contains(device.id) {
      for (index, layout) in layouts(of: device) {
        let key = Key(device: Int32(clamping: number), queue: index)
        if rings[key]?.layout != layout { rings[key] = WatchedRing(layout) }
        if rings[key]?.add(to: &look, from: memory) == false { missed &+= 1 }
      }
    }
    due.devices.removeAll(keepingCapacity: true)
    return look.pieces.isEmpty ? nil : look
  }

  /// Where the queues of a device lie: as its driver said in the recording, else as QEMU told when
  /// the recording began in the middle of the device's life.
  private func layouts(of device: Device) -> [(Int32, QueueLayout)] {
    let session = device.current
    var found: [(Int32, QueueLayout)] = []
    for queue in session.queues where queue.isEnabled {
      if let layout = QueueLayout(queue, of: session) { found.append((queue.index, layout)) }
    }
    guard found.isEmpty, !session.startKnown, session.index == 0 else { return found }
    return (told[device.id] ?? []).map { ($0.index, $0.layout) }
  }
}
