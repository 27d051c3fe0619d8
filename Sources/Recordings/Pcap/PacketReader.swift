internal import Model
internal import Wire

/// Makes accesses of packets whose link type is one for all.
struct PacketReader: ~Copyable {
  private var tally = PacketTally()
  private var batcher = AccessBatcher()
  private var foreign: (count: UInt64, first: UInt64) = (0, 0)
  private var lostBefore: UInt64 = 0

  /// One packet, and where its bytes lie.
  struct Packet {
    /// Nanoseconds since 1970.
    var time: Int64
    var data: Range<Int>
    /// Offset in the file of its header.
    var location: UInt64
    /// Its length before it was captured.
    var original: Int

    /// It was longer than what was captured.
    var isCut: Bool { original > data.count }
  }

  /// Packets so far.
  var records: UInt64 { tally.records }

  /// Takes a packet, whose bytes lie within `bytes`.
  mutating func take(
    _ packet: Packet, _ linkType: LinkType, in bytes: RawSpan,
    into sink: inout some (AccessSink & ~Copyable), _ summary: inout InputSummary
  ) {
    tally.count(time: packet.time)
    if lostBefore > 0 {
      let count = UInt32(clamping: lostBefore)
      lostBefore = 0
      tally.countLost(count)
      let lost = Access(
        kind: .lostEvents, record: tally.records, time: packet.time, location: packet.location,
        code: count)
      batcher.add(lost, payload: bytes, into: &sink)
    }
    if linkType == .vsock {
      let access = tally.socketPacket(
        bytes.extracting(packet.data), time: packet.time, dataOffset: packet.data.lowerBound,
        location: packet.location, length: UInt32(clamping: packet.original), summary: &summary)
      if let access { batcher.add(access, payload: bytes, into: &sink) }
      return
    }
    guard linkType == .user0 else {
      if foreign.count == 0 { foreign.first = tally.records }
      foreign.count &+= 1
      return
    }
    let access = tally.access(
      bytes.extracting(packet.data), time: packet.time, dataOffset: packet.data.lowerBound,
      location: packet.location, isCut: packet.isCut, summary: &summary)
    if let access { batcher.add(access, payload: bytes, into: &sink) }
  }

  /// Tells of packets that were lost before the next one.
  mutating func lose(_ count: UInt64) { lostBefore &+= count }

  /// Hands on what is held, before `bytes` change.
  mutating func flush(_ bytes: RawSpan, into sink: inout some (AccessSink & ~Copyable)) {
    batcher.flush(payload: bytes, into: &sink)
  }

  /// Writes the counts into `summary`.
  mutating func finish(_ linkType: LinkType, _ summary: inout InputSummary) {
    if foreign.count > 0 {
      summary.skip(linkType.description, record: foreign.first, count: foreign.count)
    }
    if lostBefore > 0 { tally.countLost(UInt32(clamping: lostBefore)) }
    tally.finish(&summary)
    summary.evidence.formUnion(batcher.evidence)
  }
}
