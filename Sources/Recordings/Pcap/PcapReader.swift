public import Model
internal import Wire

/// Reads classic pcap through libpcap: micro- and nanoseconds, both byte orders.
///
/// Such a file has no interface descriptions, so that only `LINKTYPE_USER0` marks the
/// encapsulation.
public struct PcapReader {
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
    var packets = PacketReader()
    var done = false
    while !done {
      switch file.next() {
      case .packet(let packet):
        if packets.records & 0xfff == 0 { source.onProgress?(UInt64(packet.location)) }
        let end = packet.dataOffset.addingReportingOverflow(packet.captured).partialValue
        let isInside = packet.dataOffset <= end && end <= file.bytes.byteCount
        packets.take(
          PacketReader.Packet(
            time: packet.time, data: isInside ? packet.dataOffset..<end : 0..<0,
            location: UInt64(packet.location), original: packet.original),
          file.linkType, in: file.bytes, into: &sink, &summary)
      case .end:
        done = true
      case .damaged(let text, let place):
        summary.note(text, at: UInt64(place))
        // libpcap's word for an end in the middle of a record.
        if text.hasPrefix("truncated dump file") { summary.truncated = true }
        done = true
      }
    }
    packets.flush(file.bytes, into: &sink)
    packets.finish(file.linkType, &summary)
  }
}
