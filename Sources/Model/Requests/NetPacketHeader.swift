/// `struct virtio_net_hdr`, as far as every device has it.
///
/// Spec: 5.1.6, Device Operation
public struct NetPacketHeader: Sendable, BitwiseCopyable {
  /// VIRTIO_NET_HDR_F_*.
  public var flags: UInt8
  /// VIRTIO_NET_HDR_GSO_*, with the bits for tunnels and ECN.
  public var gsoType: UInt8
  public var gsoSize: UInt16
  /// nil where the header has no such field.
  public var numBuffers: UInt16?

  /// Fails where not all of the header is known, as in the later buffers of a packet.
  public init?(_ head: PayloadHead, length: Int) {
    guard length >= 10, head.holds(0, length), let flags = head.number(at: 0, width: 1),
      let type = head.number(at: 1, width: 1), let size = head.number(at: 4, width: 2)
    else { return nil }
    self.flags = UInt8(truncatingIfNeeded: flags)
    gsoType = UInt8(truncatingIfNeeded: type)
    gsoSize = UInt16(truncatingIfNeeded: size)
    guard length >= 12 else { return }
    numBuffers = head.number(at: 10, width: 2).map { UInt16(truncatingIfNeeded: $0) }
  }

  /// The kind of segmentation, without the bits for tunnels and ECN.
  public var segmentation: UInt8 { gsoType & 0x1f }
}

/// An Ethernet frame whose bytes leave no doubt that one begins there.
public struct NetFrame: Sendable, BitwiseCopyable {
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    case arp, ipv4, ipv6
  }

  public var kind: Kind

  /// Fails where the bytes at `offset` are not surely the start of a frame that the part holds whole.
  public init?(_ head: PayloadHead, at offset: Int) {
    guard offset >= 0, head.length >= UInt64(offset) + 14,
      let type = Self.number(head, offset + 12, 2)
    else { return nil }
    let start = offset + 14
    let length = head.length - UInt64(start)
    switch type {
    case 0x0806 where Self.isARP(head, start, length): kind = .arp
    case 0x0800 where Self.isIPv4(head, start, length): kind = .ipv4
    case 0x86dd where Self.isIPv6(head, start, length): kind = .ipv6
    default: return nil
    }
  }

  /// Ethernet over IPv4, request or reply.
  private static func isARP(_ head: PayloadHead, _ start: Int, _ length: UInt64) -> Bool {
    guard length >= 28, number(head, start, 4) == 0x0001_0800,
      number(head, start + 4, 2) == 0x0604, let operation = number(head, start + 6, 2)
    else { return false }
    return (1...2).contains(operation)
  }

  /// A header without options whose checksum is right, and which says how long the packet is.
  private static func isIPv4(_ head: PayloadHead, _ start: Int, _ length: UInt64) -> Bool {
    guard number(head, start, 1) == 0x45, let total = number(head, start + 2, 2),
      holds(length, total, atLeast: 20)
    else { return false }
    var sum: UInt64 = 0
    for place in stride(from: start, to: start + 20, by: 2) {
      guard let word = number(head, place, 2) else { return false }
      sum += word
    }
    sum = (sum & 0xffff) + sum >> 16
    sum = (sum & 0xffff) + sum >> 16
    return sum == 0xffff
  }

  private static func isIPv6(_ head: PayloadHead, _ start: Int, _ length: UInt64) -> Bool {
    guard let first = number(head, start, 1), first >> 4 == 6,
      let payload = number(head, start + 4, 2), let next = number(head, start + 6, 1)
    else { return false }
    // Hop-by-hop options, TCP, UDP, ICMPv6.
    return [0, 6, 17, 58].contains(next) && holds(length, payload + 40, atLeast: 41)
  }

  /// A part of `length` bytes holds a packet of `total`: all of it, and no more than a short frame is
  /// padded with.
  private static func holds(_ length: UInt64, _ total: UInt64, atLeast least: UInt64) -> Bool {
    total >= least && (total == length || total < length && length == 46)
  }

  /// The number of `width` bytes in the order of networks.
  private static func number(_ head: PayloadHead, _ offset: Int, _ width: Int) -> UInt64? {
    var value: UInt64 = 0
    for place in 0..<width {
      guard let byte = head.number(at: offset + place, width: 1) else { return nil }
      value = value << 8 | byte
    }
    return value
  }

  var name: String {
    switch kind {
    case .arp: "ARP"
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }
}

extension ToldPayload {
  /// The header of the packet that the driver sends, or that the device received.
  public var netHeaderSent: NetPacketHeader? {
    content == .netTransmit ? NetPacketHeader(request, length: netHeader) : nil
  }
  public var netHeaderReceived: NetPacketHeader? {
    guard content == .netReceive, part == 0, let usedLength, usedLength >= UInt32(netHeader) else {
      return nil
    }
    return NetPacketHeader(answer, length: netHeader)
  }

  /// `IPv4`, or `in 2 buffers`; empty where the words say it all.
  func packetMeaning(isAnswer: Bool) -> String {
    var words: [String] = []
    let head = isAnswer ? answer : request
    if !isAnswer, let frame = NetFrame(head, at: netHeader) { words.append(frame.name) }
    if isAnswer, let count = netHeaderReceived?.numBuffers, count > 1 {
      words.append("in \(count) buffers")
    }
    return words.joined(separator: " ")
  }
}
