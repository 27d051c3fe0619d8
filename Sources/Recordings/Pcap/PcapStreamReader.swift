internal import Model
internal import Wire

/// Reads classic pcap as it is written: what a finished file holds, `PcapReader` reads, whose libpcap
/// does not wait for the rest of a record.
///
///     | magic 4 | version 2+2 | zone 4 | accuracy 4 | snap length 4 | link type 4 |
///     | seconds 4 | fraction 4 | captured 4 | original 4 | packet … |
///
/// Source: draft-ietf-opsawg-pcap.
struct PcapStreamReader: ~Copyable {
  private var packets = PacketReader()
  private var head = Head()

  private static var headCount: Int { 24 }
  /// A window holds a packet of this size; no link has one.
  private static var packetLimit: Int { 16 << 20 }

  /// What the file says once.
  private struct Head {
    var bigEndian = false
    /// Nanoseconds of one unit of a time's fraction.
    var unit: Int64 = 1000
    /// Old patched kernels wrote records with a longer header, and said so by their magic.
    var recordHead = 16
    var linkType = LinkType(number: -1)

    init() {}

    init(_ bytes: RawSpan) {
      let magic: UInt32 = bytes.littleEndian(at: 0)
      bigEndian = [0xd4c3_b2a1, 0x4d3c_b2a1, 0x34cd_b2a1].contains(magic)
      let known = bigEndian ? magic.byteSwapped : magic
      unit = known == 0xa1b2_3c4d ? 1 : 1000
      recordHead = known == 0xa1b2_cd34 ? 24 : 16
      // The upper bits tell of checksums.
      linkType = LinkType(
        number: Int(bytes.integer(UInt32.self, at: 20, bigEndian: bigEndian) & 0xffff))
    }
  }

  /// Reads everything that `source` holds, as it comes.
  mutating func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) throws(RecordingError) {
    summary.format = "pcap"
    while source.bytes.byteCount < Self.headCount, source.refill(consumed: 0) == .grew {}
    guard source.bytes.byteCount >= Self.headCount else {
      summary.note(
        "expected a file header of 24 bytes, found \(source.bytes.byteCount)", at: 0)
      summary.truncated = true
      return
    }
    head = Head(source.bytes)
    var start = Self.headCount
    var consumed = 0
    var isDamaged = false
    repeat {
      consumed = take(
        source.bytes, at: source.windowOffset, from: start, &isDamaged, into: &sink, &summary)
      start = 0
    } while !isDamaged && source.refill(consumed: consumed) == .grew
    if !isDamaged, source.bytes.byteCount > 0 {
      summary.note("the file ends inside a record", at: source.windowOffset)
      summary.truncated = true
    }
    packets.finish(head.linkType, &summary)
  }

  /// Takes the whole records of a window, and returns how many bytes they are.
  private mutating func take(
    _ window: RawSpan, at offset: UInt64, from start: Int, _ isDamaged: inout Bool,
    into sink: inout some (AccessSink & ~Copyable), _ summary: inout InputSummary
  ) -> Int {
    var place = start
    while window.byteCount - place >= head.recordHead {
      let captured = Int(number(window, place + 8))
      guard captured <= Self.packetLimit else {
        summary.note(
          "a packet of \(captured) bytes, more than any link has", at: offset &+ UInt64(place))
        isDamaged = true
        break
      }
      let data = place + head.recordHead
      guard window.byteCount - data >= captured else { break }
      let packet = PacketReader.Packet(
        time: Int64(number(window, place)) &* 1_000_000_000
          &+ Int64(number(window, place + 4)) &* head.unit,
        data: data..<data + captured, location: offset &+ UInt64(place),
        original: Int(number(window, place + 12)))
      packets.take(packet, head.linkType, in: window, into: &sink, &summary)
      place = data + captured
    }
    packets.flush(window, into: &sink)
    return place
  }

  private func number(_ window: RawSpan, _ place: Int) -> UInt32 {
    window.integer(at: place, bigEndian: head.bigEndian)
  }
}
