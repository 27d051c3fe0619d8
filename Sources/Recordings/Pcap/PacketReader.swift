internal import Model
internal import Wire

/// Makes accesses of packets whose link type is one for all.
struct PacketReader: ~Copyable {
  private var tally = PacketTally()
  private var batcher = AccessBatcher()
  private var foreign: (count: UInt64, first: UInt64) = (0, 0)

  /// One packet, and where its bytes lie.
  struct Packet {
    /// Nanoseconds since 1970.
    var time: Int64
    var data: Range<Int>
    /// Offset in the file of its header.
    var location: UInt64
    /// It was longer than what was captured.
    var isCut: Bool
  }

  /// Packets so far.
  var records: UInt64 { tally.records }

  /// Takes a packet, whose bytes lie within `bytes`.
  mutating func take(
    _ packet: Packet, _ linkType: LinkType, in bytes: RawSpan,
    into sink: inout some (AccessSink & ~Copyable), _ summary: inout InputSummary
  ) {
    tally.count(time: packet.time)
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

  /// Hands on what is held, before `bytes` change.
  mutating func flush(_ bytes: RawSpan, into sink: inout some (AccessSink & ~Copyable)) {
    batcher.flush(payload: bytes, into: &sink)
  }

  /// Writes the counts into `summary`.
  mutating func finish(_ linkType: LinkType, _ summary: inout InputSummary) {
    if foreign.count > 0 {
      summary.skip(linkType.description, record: foreign.first, count: foreign.count)
    }
    tally.finish(&summary)
    summary.evidence.formUnion(batcher.evidence)
  }
}
