internal import CPcap
internal import Glibc
internal import Wire

/// A capture file as libpcap reads it.
///
/// Vouched for as `@safe`: the handle and the stream over the mapped bytes are private and closed
/// in `deinit`, before the bytes go away; a packet is copied out as numbers and a place.
@safe struct PcapFile: ~Copyable {
  /// One packet: its header, and where in the file its bytes lie.
  struct Packet {
    /// Nanoseconds since 1970.
    var time: Int64
    var captured: Int
    var original: Int
    /// Offset in the file of the packet's header.
    var location: Int
    /// Offset in the file of the packet's bytes.
    var dataOffset: Int
  }

  /// What reading came to.
  enum Step {
    case packet(Packet)
    case end
    /// libpcap's own word for what is wrong, and where.
    case damaged(String, place: Int)
  }

  private let file: MappedFile
  private let handle: OpaquePointer
  private let stream: UnsafeMutablePointer<FILE>
  private let headerSize: Int

  /// Opens `file`; `path` is for messages.
  init(_ file: consuming MappedFile, path: String) throws(RecordingError) {
    let count = file.byteCount
    headerSize = Self.recordHeaderSize(file.bytes)
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    // A stream opened for reading does not write to the bytes, which live as long as `self`.
    let opened = unsafe file.bytes.withUnsafeBytes { bytes in
      unsafe fmemopen(UnsafeMutableRawPointer(mutating: bytes.baseAddress), count, "rb")
    }
    guard let stream = unsafe opened else {
      throw RecordingError(.system(doing: "read it", message: lastSystemMessage()), path: path)
    }
    // libpcap writes at most PCAP_ERRBUF_SIZE bytes of message; the handle takes the stream over.
    let handle = unsafe message.withUnsafeMutableBufferPointer {
      unsafe pcap_fopen_offline_with_tstamp_precision(
        stream, UInt32(PCAP_TSTAMP_PRECISION_NANO), $0.baseAddress)
    }
    guard let handle = unsafe handle else {
      _ = unsafe fclose(stream)
      let text = String(
        decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw RecordingError(.damaged(text), path: path)
    }
    unsafe self.handle = handle
    unsafe self.stream = stream
    self.file = file
  }

  deinit {
    // Closes the stream, too; the mapping goes after it.
    unsafe pcap_close(handle)
  }

  /// All bytes of the file.
  var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get { file.bytes }
  }

  /// What the packets are.
  var linkType: LinkType { unsafe LinkType(number: Int(pcap_datalink(handle))) }

  /// Reads the next packet.
  mutating func next() -> Step {
    let location = unsafe ftell(stream)
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    // On 1 the header is valid until the next call; it is copied here.
    switch unsafe pcap_next_ex(handle, &header, &data) {
    case 1:
      guard let header = unsafe header else { return .end }
      return .packet(packet(unsafe header.pointee, location: location))
    case -2:
      return .end
    default:
      let text = unsafe String(cString: pcap_geterr(handle))
      return .damaged(text, place: location)
    }
  }

  private func packet(_ header: pcap_pkthdr, location: Int) -> Packet {
    // The field is named for microseconds and holds what precision was asked for.
    let (seconds, overflow) = Int64(header.ts.tv_sec).multipliedReportingOverflow(
      by: 1_000_000_000)
    let time =
      overflow
      ? Int64.max
      : seconds.addingReportingOverflow(
        Int64(header.ts.tv_usec)
      ).partialValue
    return Packet(
      time: time, captured: Int(header.caplen), original: Int(header.len), location: location,
      dataOffset: location + headerSize)
  }

  /// Old patched kernels wrote records with a longer header, and said so by their magic.
  private static func recordHeaderSize(_ bytes: RawSpan) -> Int {
    guard bytes.byteCount >= 4 else { return 16 }
    let magic = bytes.littleEndian(UInt32.self, at: 0)
    return magic == 0xa1b2_cd34 || magic == 0x34cd_b2a1 ? 24 : 16
  }
}
