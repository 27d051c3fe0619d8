import Testing
import Wire

@Suite struct PcapngBlockTests {
  /// A name resolution block with a comment, big-endian.
  static let block: [UInt8] = [
    0, 0, 0, 4, 0, 0, 0, 28,
    0, 0, 0, 0,
    0, 1, 0, 3, 0x61, 0x62, 0x63, 0,
    0, 0, 0, 0,
    0, 0, 0, 28,
  ]

  @Test func bigEndian() throws {
    let block = try PcapngBlock((Self.block + [9, 9]).span.raw, bigEndian: true)
    #expect(block.type == .nameResolution)
    #expect(block.bytes.byteCount == 28)
    #expect(block.body.byteCount == 16)
    var options = PcapngOptions(block.body.extracting(droppingFirst: 4), bigEndian: true)
    let option = options.next()
    let code = option?.code
    let text = option?.value.text
    #expect(code == PcapngOptions.comment)
    #expect(text == "abc")
    let more = options.next() != nil
    #expect(!more)
    let isDamaged = options.isDamaged
    #expect(!isDamaged)
  }

  @Test(arguments: 0..<28) func asksForMore(count: Int) {
    #expect(throws: PcapngBlock.Obstacle.incomplete(needed: count < 12 ? 12 : 28)) {
      _ = try PcapngBlock(Array(Self.block.prefix(count)).span.raw, bigEndian: true).bigEndian
    }
  }

  @Test func saysWhatIsWrong() {
    func obstacle(_ change: (inout [UInt8]) -> Void) -> PcapngBlock.Obstacle? {
      var bytes = Self.block
      change(&bytes)
      do throws(PcapngBlock.Obstacle) {
        _ = try PcapngBlock(bytes.span.raw, bigEndian: true).bigEndian
        return nil
      } catch {
        return error
      }
    }
    #expect(obstacle { _ in } == nil)
    #expect(obstacle { $0[7] = 27 } == .damaged(.length(27)))
    #expect(obstacle { $0[4] = 0x80 } == .damaged(.length(0x8000_001c)))
    #expect(obstacle { $0[27] = 24 } == .damaged(.lengthsDiffer(first: 28, last: 24)))
    #expect(
      obstacle { $0.replaceSubrange(0..<4, with: [0x0a, 0x0d, 0x0d, 0x0a]) }
        == .damaged(.byteOrder(0)))
  }

  @Test(arguments: [[0, 1, 0, 9, 1], [0, 1, 0], [0, 1, 0xff, 0xff]] as [[UInt8]])
  func damagedOptions(bytes: [UInt8]) {
    var options = PcapngOptions(bytes.span.raw, bigEndian: true)
    let found = options.next() != nil
    #expect(!found)
    let isDamaged = options.isDamaged
    #expect(isDamaged)
    let again = options.next() != nil
    #expect(!again)
  }

  /// A simple packet is as long as the least of its length and the interface's limit.
  @Test func simplePacket() throws {
    let bytes: [UInt8] = [3, 0, 0, 0, 24, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 24, 0, 0, 0]
    let block = try PcapngBlock(bytes.span.raw, bigEndian: false)
    for (limit, count) in [(0, 7), (5, 5), (100, 7)] as [(UInt32, Int)] {
      let captured = SimplePacket(block, snapLength: limit)?.data.byteCount
      #expect(captured == count)
    }
    var long = bytes
    long[8] = 9
    let refused =
      SimplePacket(
        try PcapngBlock(long.span.raw, bigEndian: false), snapLength: 0) == nil
    #expect(refused)
  }

  @Test func knownTypesHaveNames() {
    let others: [UInt32] = [0x0bad, 0x4000_0bad, 0x0a0d_0d0a, 0x0a0d_0d0b, .max]
    for number in Array(0...0x300) + others {
      let type = PcapngBlockType(rawValue: number)
      #expect(type.isKnown == (type.name != nil))
    }
  }
}
