import Model
import Recordings
import Reports
import Rules
import VirtioSpec
import Wire

/// The work of `rings`: the queues of a recording or of options, and memory, to a report.
struct RingsJob {
  var report: RingsReport
  private let slots: Bool
  private let hex: Bool

  /// Bytes of a buffer that a dump shows.
  private static var dumpLimit: Int { 256 }

  init(memory: [String], slots: Bool, hex: Bool) {
    report = RingsReport(memory: memory)
    self.slots = slots
    self.hex = hex
  }

  /// Reads the recording at `path`, then the queues of each device's last session.
  mutating func read(
    _ path: String, into sink: inout RingsSink, only ids: [String]
  ) throws(RecordingError) {
    let taken = TakenBuffers()
    sink.analysis.onTransaction = { taken.note($0, of: $1) }
    _ = try Recording.read(path: path, into: &sink)
    sink.analysis.finish()
    report.record = sink.last.isSet ? sink.last.record : nil
    report.time = sink.last.isSet ? sink.last.time : nil
    for device in sink.analysis.machine.devices.all where ids.isEmpty || ids.contains(device.id) {
      let session = device.current
      var entry = RingsReport.Device(
        id: device.id, type: device.profile.type.map { $0.rawValue },
        name: device.typeName, session: session.index)
      for (queue, layout) in session.layouts {
        let count = taken.count(queue.index, of: device)
        let ring = session.ring(queue.index)
        // What the device did not write yet is in no record of memory; the history has it.
        let used = ring.flatMap { $0.isUsedKnown && !layout.isPacked ? $0.usedIndex : nil }
        var shown = read(queue.index, layout, taken: count, usedIndex: used, in: sink.memory)
        shown.setAges(ring, now: sink.last.time)
        entry.queues.append(shown)
      }
      entry.queues.sort { $0.index < $1.index }
      if !entry.queues.isEmpty { report.devices.append(entry) }
    }
  }

  /// Reads the queues that options gave.
  mutating func add(
    _ queues: [QueueOption], in memory: borrowing some GuestMemory & ~Copyable
  ) {
    guard !queues.isEmpty else { return }
    var entry = RingsReport.Device(id: "--queue", type: nil, name: "unknown", session: 0)
    for (index, queue) in queues.enumerated() {
      entry.queues.append(read(Int32(clamping: index), queue.layout, taken: nil, in: memory))
    }
    report.devices.append(entry)
  }

  func read(
    _ index: Int32, _ layout: QueueLayout, taken: UInt32?, usedIndex: UInt16? = nil,
    in memory: borrowing some GuestMemory & ~Copyable
  ) -> RingsReport.Queue {
    let snapshot = QueueSnapshot(
      layout, in: memory, taken: taken, usedIndex: usedIndex, slots: slots)
    var queue = RingsReport.Queue(index: index, snapshot: snapshot)
    guard hex else { return queue }
    for buffer in snapshot.pending.flatMap(\.buffers) {
      let wanted = min(Int(buffer.length), Self.dumpLimit)
      let bytes = Self.bytes(at: buffer.address, count: wanted, in: memory)
      if !bytes.isEmpty {
        queue.dumps.append(RingsReport.Dump(address: buffer.address, bytes: bytes))
      }
    }
    return queue
  }

  /// The bytes from `address` on, as far as they are backed, from as many pieces as it takes.
  private static func bytes(
    at address: UInt64, count: Int, in memory: borrowing some GuestMemory & ~Copyable
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let (place, wraps) = address.addingReportingOverflow(UInt64(bytes.count))
      guard !wraps, let next = memory.span(at: place, count: count - bytes.count) else { break }
      bytes += next.array
    }
    return bytes
  }
}

/// How many buffers each device holds, where its own log told of taking and giving back.
private final class TakenBuffers {
  private struct Key: Hashable {
    var device: String
    var session: Int
    var queue: Int32
  }
  private var counts: [Key: Int64] = [:]

  func note(_ step: Transaction, of device: Device) {
    let change: Int64
    switch step.kind {
    case .buffersTaken: change = Int64(clamping: step.value)
    case .buffersUsed: change = -Int64(clamping: step.value)
    default: return
    }
    let key = Key(device: device.id, session: device.current.index, queue: step.queue)
    counts[key, default: 0] &+= change
  }

  /// Buffers of the queue that the device took and did not give back; nil where nothing was told.
  ///
  /// Not for packed queues: there the log has no event that gives back.
  func count(_ queue: Int32, of device: Device) -> UInt32? {
    guard !device.current.accepted.contains(34) else { return nil }
    return counts[Key(device: device.id, session: device.current.index, queue: queue)]
      .flatMap { UInt32(exactly: $0) }
  }
}
