internal import CPcap
internal import Glibc

/// An interface that libpcap captures from.
///
/// Vouched for as `@safe`: the handle is private and closed in `deinit`; a packet is copied out before
/// the next call.
@safe final class PcapCapture {
  let interface: String
  private let handle: OpaquePointer

  /// Bytes of a packet that are captured: more than any packet between sockets has.
  private static var snapLength: Int32 { 262_144 }

  /// Opens the interface and begins to capture what `filter` lets through, in libpcap's language.
  init(interface: String, filter: String?) throws(RecordingError) {
    self.interface = interface
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    // libpcap writes at most PCAP_ERRBUF_SIZE bytes of message, during the calls only.
    let created = unsafe message.withUnsafeMutableBufferPointer {
      unsafe pcap_create(interface, $0.baseAddress)
    }
    guard let handle = unsafe created else {
      throw Self.problem(interface, Self.text(message))
    }
    unsafe self.handle = handle
    unsafe pcap_set_snaplen(handle, Self.snapLength)
    unsafe pcap_set_immediate_mode(handle, 1)
    unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    let status = unsafe pcap_activate(handle)
    if status < 0 { throw activationProblem(status) }
    guard linkType == .user0 || linkType == .vsock else {
      throw Self.problem(
        interface,
        "its packets are of \(linkType.description), neither the vtrace encapsulation (USER0) nor "
          + "vsock monitoring (VSOCK)")
    }
    if let filter { try choose(filter) }
    let isSet = unsafe message.withUnsafeMutableBufferPointer {
      unsafe pcap_setnonblock(handle, 1, $0.baseAddress)
    }
    if isSet != 0 { throw Self.problem(interface, Self.text(message)) }
  }

  deinit { unsafe pcap_close(handle) }

  /// What the packets are.
  var linkType: LinkType { unsafe LinkType(number: Int(pcap_datalink(handle))) }

  /// What becomes readable when packets are there; -1 where nothing does.
  var descriptor: Int32 { unsafe pcap_get_selectable_fd(handle) }

  /// Units of a packet's time in a second.
  private var nanosecondsOfUnit: Int64 {
    unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000
  }

  /// A packet without its bytes.
  struct Packet {
    var time: Int64
    var original: Int
  }

  /// What looking for a packet came to.
  enum Look {
    case packet(Packet)
    case none
    case failed(String)
  }

  /// Takes the next packet that is there, and adds its bytes to `bytes`.
  func next(into bytes: inout [UInt8]) -> Look {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    // On 1 header and data are valid until the next call; both are copied here.
    switch unsafe pcap_next_ex(handle, &header, &data) {
    case 1:
      guard let header = unsafe header?.pointee, let data = unsafe data else { return .none }
      let captured = unsafe UnsafeBufferPointer(start: data, count: Int(header.caplen))
      unsafe bytes.append(contentsOf: captured)
      let time =
        Int64(header.ts.tv_sec) &* 1_000_000_000
        &+ Int64(header.ts.tv_usec) &* nanosecondsOfUnit
      return .packet(Packet(time: time, original: Int(header.len)))
    case 0: return .none
    default: return .failed(lastMessage)
    }
  }

  /// Packets that were lost so far, because nobody took them in time.
  var lost: UInt64 {
    var statistics = pcap_stat()
    // The structure is filled during the call only.
    guard unsafe pcap_stats(handle, &statistics) == 0 else { return 0 }
    return UInt64(statistics.ps_drop) &+ UInt64(statistics.ps_ifdrop)
  }

  // MARK: What may go wrong

  private var lastMessage: String { unsafe String(cString: pcap_geterr(handle)) }

  private func choose(_ filter: String) throws(RecordingError) {
    var program = unsafe bpf_program()
    // The program belongs to this function; libpcap copies what it keeps.
    guard unsafe pcap_compile(handle, &program, filter, 1, UInt32.max) == 0 else {
      throw Self.problem(interface, "the filter '\(filter)': \(lastMessage)")
    }
    defer { unsafe pcap_freecode(&program) }
    guard unsafe pcap_setfilter(handle, &program) == 0 else {
      throw Self.problem(interface, "the filter '\(filter)': \(lastMessage)")
    }
  }

  private func activationProblem(_ status: Int32) -> RecordingError {
    let told = lastMessage
    let general = unsafe String(cString: pcap_statustostr(status))
    let more = told.isEmpty || told == general ? "" : " (\(told))"
    let text =
      switch status {
      case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
        "the right to capture is missing: run vtrace as root, or give it the capability "
          + "CAP_NET_RAW\(more)"
      case PCAP_ERROR_NO_SUCH_DEVICE:
        "there is no such interface\(more); vsock monitoring is made by `ip link add type vsockmon` "
          + "and `ip link set vsockmon0 up`"
      case PCAP_ERROR_IFACE_NOT_UP: "the interface is not up: ip link set \(interface) up"
      default: general + more
      }
    return Self.problem(interface, text)
  }

  private static func problem(_ interface: String, _ text: String) -> RecordingError {
    RecordingError(.unsupported(text), path: "pcap:\(interface)")
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
