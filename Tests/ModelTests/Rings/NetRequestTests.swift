import Testing

@testable import Model

/// What the bytes of a network device's queues come to.
@Suite struct NetRequestTests {
  static func head(_ bytes: [UInt8], length: UInt64? = nil, isBigEndian: Bool = false)
    -> PayloadHead
  {
    var head = PayloadHead(isBigEndian: isBigEndian)
    for byte in bytes { head.append(byte) }
    head.length = length ?? UInt64(bytes.count)
    return head
  }

  static func command(_ bytes: [UInt8], isBigEndian: Bool = false) -> ToldPayload {
    ToldPayload(
      .netControl, request: head(bytes, isBigEndian: isBigEndian), answer: PayloadHead(length: 1),
      netHeader: 12)
  }

  @Test(
    arguments: [
      ([0, 0, 1], "RX_PROMISC 1"), ([1, 1, 0x52, 0x54, 0, 0x12, 0x34, 0x56], "MAC_ADDR_SET"),
      ([2, 0, 100, 0], "VLAN_ADD 100"), ([3, 0], "ANNOUNCE_ACK"),
      ([4, 0, 4, 0], "MQ_VQ_PAIRS_SET 4"),
      ([5, 0, 2, 0, 0, 0, 0, 0, 0, 0], "GUEST_OFFLOADS_SET"), ([4, 0, 4], "MQ_VQ_PAIRS_SET"),
      ([99, 0, 1], ""), ([0], ""), ([], ""),
    ] as [([UInt8], String)])
  func commandHasAMeaning(_ bytes: [UInt8], _ meaning: String) {
    #expect(Self.command(bytes).meaning(isAnswer: false) == meaning)
  }

  @Test func commandOfABigEndianGuest() {
    let payload = Self.command([4, 0, 0, 4], isBigEndian: true)
    #expect(payload.meaning(isAnswer: false) == "MQ_VQ_PAIRS_SET 4")
  }

  @Test func unknownCommandIsNamedByItsNumbers() throws {
    let command = try #require(NetControlCommand(Self.command([99, 3, 1])))
    #expect(command.name == "command 3 of class 99" && command.fixedLength == nil)
    #expect(command.dataLength == 1)
  }

  static let ethernet: [UInt8] =
    Array(repeating: 0xff, count: 6) + [0x52, 0x54, 0, 0x12, 0x34, 0x56]
  /// Of 20 bytes, without a packet in it: the example of many textbooks, its checksum 0xb861.
  static let ipv4: [UInt8] = [
    0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xb8, 0x61, 192, 168, 0, 1, 192, 168, 0, 199,
  ]

  @Test func frameOfIPv4NeedsItsChecksumAndLength() {
    let bytes = Array(repeating: UInt8(0), count: 12) + Self.ethernet + [8, 0] + Self.ipv4
    #expect(NetFrame(Self.head(bytes, length: 12 + 14 + 0x73), at: 12)?.kind == .ipv4)
    #expect(NetFrame(Self.head(bytes, length: 12 + 14 + 0x73), at: 10) == nil)
    #expect(NetFrame(Self.head(bytes, length: 12 + 14 + 0x74), at: 12) == nil)
    #expect(NetFrame(Self.head(bytes, length: 12 + 14 + 0x72), at: 12) == nil)
    var other = bytes
    other[12 + 14 + 19] ^= 1
    #expect(NetFrame(Self.head(other, length: 12 + 14 + 0x73), at: 12) == nil)
    #expect(NetFrame(Self.head(Array(bytes.dropLast()), length: 12 + 14 + 0x73), at: 12) == nil)
  }

  @Test func frameOfIPv6NeedsItsLength() {
    let packet: [UInt8] = [0x60, 0, 0, 0, 0, 32, 58, 255] + Array(repeating: 0xfe, count: 32)
    let bytes = Array(repeating: UInt8(0), count: 10) + Self.ethernet + [0x86, 0xdd] + packet
    #expect(NetFrame(Self.head(bytes, length: 10 + 14 + 72), at: 10)?.kind == .ipv6)
    #expect(NetFrame(Self.head(bytes, length: 10 + 14 + 73), at: 10) == nil)
    #expect(NetFrame(Self.head(bytes, length: 10 + 14 + 72), at: 12) == nil)
  }

  @Test func headerHasItsNegotiatedLength() {
    let bytes: [UInt8] = [1, 0x81, 54, 0, 0xa8, 5, 34, 0, 16, 0, 2, 0]
    let long = NetPacketHeader(Self.head(bytes), length: 12)
    #expect(long?.flags == 1 && long?.gsoType == 0x81 && long?.segmentation == 1)
    #expect(long?.gsoSize == 1448 && long?.numBuffers == 2)
    let short = NetPacketHeader(Self.head(bytes), length: 10)
    #expect(short != nil && short?.numBuffers == nil)
    #expect(NetPacketHeader(Self.head(bytes), length: 20) == nil)
  }

  /// Words of a line tell the same as the line.
  @Test(arguments: [0, 2, -1] as [Int32])
  func partOfAPacketHasItsText(_ part: Int32) throws {
    var told = ToldPayload(
      .netReceive, request: PayloadHead(), answer: Self.head(Array(0..<20), length: 300),
      netHeader: 12)
    told.part = part
    told.usedLength = 200
    let text = told.text(isAnswer: true)
    #expect(text.contains("part=") == (part != 0) && text.contains("num_buffers=") == (part == 0))
    var words = AdminWords()
    for word in text.split(separator: " ") {
      let pair = word.split(separator: "=").map(String.init)
      words.add(pair[0], pair[1])
    }
    let read = try #require(
      ToldPayload(
        words, .netReceive, answers: nil, isAnswer: true, isBigEndian: false, netHeader: 12))
    #expect(read.part == part && read.text(isAnswer: true) == text)
  }
}
