internal import Model
internal import Wire

/// Reads what an interface carries until somebody stops it.
final class PcapSession {
  private let capture: PcapCapture
  private let name: String
  private var bytes: [UInt8] = []
  private var places: [PacketReader.Packet] = []
  private var lost: UInt64 = 0
  private var taken: UInt64 = 0

  /// Packets and bytes of one batch.
  private static var batchLimit: Int { 256 }
  private static var byteLimit: Int { 1 << 20 }
  /// Batches that are taken after somebody stopped it.
  private static var lastRounds: Int { 64 }
  /// How often the count of what was lost is asked for when nothing comes, in milliseconds.
  private static var interval: Int32 { 200 }

  init(interface: String, filter: String?, name: String) throws(RecordingError) {
    self.name = name
    capture = try PcapCapture(interface: interface, filter: filter)
  }

  func read(
    into sink: inout some (LiveSink & ~Copyable), control: LiveControl,
    onProgress: ((UInt64) -> Void)?
  ) throws(RecordingError) -> InputSummary {
    var summary = InputSummary(path: name, format: "pcap")
    var packets = PacketReader()
    var isOver = false
    // What is there when somebody stops it is still taken, but not what goes on coming.
    var roundsLeft = Self.lastRounds
    while !isOver {
      let stops = control.isStopped
      if stops { roundsLeft -= 1 }
      let problem = collect()
      countLost(&packets)
      if !places.isEmpty {
        control.bytes = taken
        for place in places {
          packets.take(place, capture.linkType, in: bytes.rawBytes, into: &sink, &summary)
        }
        packets.flush(bytes.rawBytes, into: &sink)
      }
      if let problem {
        summary.note(problem, at: taken)
        summary.truncated = true
      }
      isOver = problem != nil || stops && (places.isEmpty || roundsLeft <= 0)
      if places.isEmpty, !isOver {
        control.isCaughtUp = true
        onProgress?(taken)
        _ = control.wait(for: capture.descriptor, milliseconds: Self.interval)
        control.isCaughtUp = false
      }
    }
    packets.finish(capture.linkType, &summary)
    summary.bytes = taken
    return summary
  }

  /// Takes the packets that are there, as many as make a batch; returns what went wrong.
  private func collect() -> String? {
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    while places.count < Self.batchLimit, bytes.count < Self.byteLimit {
      let start = bytes.count
      switch capture.next(into: &bytes) {
      case .packet(let packet):
        places.append(
          PacketReader.Packet(
            time: packet.time, data: start..<bytes.count, location: taken,
            original: packet.original))
        taken &+= UInt64(bytes.count - start)
      case .none: return nil
      case .failed(let text): return text
      }
    }
    return nil
  }

  /// Tells of packets that were lost since the last look, where they are missing.
  private func countLost(_ packets: inout PacketReader) {
    let now = capture.lost
    if now > lost { packets.lose(now &- lost) }
    lost = max(lost, now)
  }
}
