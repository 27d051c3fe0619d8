public import Model
internal import Wire

/// Reads classic pcap through libpcap: micro- and nanoseconds, both byte orders.
///
/// Such a file has no interface descriptions, so that only `LINKTYPE_USER0` marks the
/// encapsulation.
public struct PcapReader {
  private var tally = PacketTally()
  private var foreign: (count: UInt64, first: UInt64) = (0, 0)

  public init() {}

  /// Whether `head` begins a pcap file.
  static func recognizes(_ head: RawSpan) -> Bool {
    guard head.byteCount >= 4 else { return false }
    let magic = head.littleEndian(UInt32.self, at: 0)
    // Micro- and nanoseconds, and the patched format with longer record headers.
    return [0xa1b2_c3d4, 0xa1b2_3c4d, 0xa1b2_cd34].contains {
      $0 == magic || $0 == magic.byteSwapped
    }
  }

  /// Reads everything that `source` holds.
  public mutating func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) throws(RecordingError) {
    summary.format = "pcap"
    let mapped = try source.mapped()
    // Shorter than the file header: cut before the first record.
    guard mapped.byteCount >= 24 else {
      summary.note("expected a file header of 24 bytes, found \(mapped.byteCount)", at: 0)
      summary.truncated = true
      return
    }
    var file = try PcapFile(mapped, path: source.path)
    var batcher = AccessBatcher()
    var done = false
    while !done {
      switch file.next() {
      case .packet(let packet):
        if tally.records & 0xfff == 0 { source.onProgress?(UInt64(packet.location)) }
        if let access = take(packet, file.bytes, file.linkType, &summary) {
          batcher.add(access, payload: file.bytes, into: &sink)
        }
      case .end:
        done = true
      case .damaged(let text, let place):
        summary.note(text, at: UInt64(place))
        // libpcap's word for an end in the middle of a record.
        if text.hasPrefix("truncated dump file") { summary.truncated = true }
        done = true
      }
    }
    batcher.flush(payload: file.bytes, into: &sink)
    if foreign.count > 0 {
      summary.skip(file.linkType.description, record: foreign.first, count: foreign.count)
    }
    tally.finish(&summary)
    summary.evidence.formUnion(batcher.evidence)
  }

  private mutating func take(
    _ packet: PcapFile.Packet, _ bytes: RawSpan, _ linkType: LinkType,
    _ summary: inout InputSummary
  ) -> Access? {
    tally.count(time: packet.time)
    guard linkType == .user0 else {
      if foreign.count == 0 { foreign.first = tally.records }
      foreign.count &+= 1
      return nil
    }
    let place = UInt64(packet.location)
    let end = packet.dataOffset.addingReportingOverflow(packet.captured).partialValue
    guard packet.dataOffset <= end, end <= bytes.byteCount else {
      tally.reject("expected its bytes in the file", location: place, summary: &summary)
      return nil
    }
    return tally.access(
      bytes.extracting(packet.dataOffset..<end), time: packet.time,
      dataOffset: packet.dataOffset, location: place,
      isCut: packet.original > packet.captured, summary: &summary)
  }
}
