import Testing
import Wire

@Suite struct ByteReaderTests {
  static let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 0x61, 0x62, 0, 9]

  @Test func takesWhatIsThere() throws {
    let bytes = Self.bytes
    var reader = ByteReader(bytes.span.raw, offset: 100, layer: "test")
    #expect(try reader.littleEndian(UInt16.self) == 0x0201)
    #expect(try reader.bigEndian(UInt16.self) == 0x0304)
    #expect(try reader.integer(UInt32.self, bigEndian: false) == 0x0807_0605)
    let text = try reader.takeUntilZero().text
    #expect(text == "ab")
    #expect(reader.offset == 111)
    #expect(reader.remaining == 1)
    try reader.skip(1)
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
  }

  @Test func saysWhereAndWhat() {
    let bytes = Self.bytes
    var reader = ByteReader(bytes.span.raw, offset: 100, layer: "test")
    do throws(DecodeError) {
      try reader.skip(10)
      _ = try reader.littleEndian(UInt64.self)
      Issue.record("read beyond the end")
    } catch {
      #expect(error.offset == 110)
      #expect(error.reason == .truncated(needed: 8, available: 2))
      #expect("\(error)" == "test: expected 8 bytes, found 2")
    }
    // A refused read takes nothing.
    #expect(reader.offset == 110)
    #expect(throws: DecodeError.self) {
      var other = ByteReader(bytes.span.raw)
      try other.skip(-1)
    }
    #expect(throws: DecodeError.self) {
      var other = ByteReader([1, 2, 3].span.raw)
      _ = try other.takeUntilZero().byteCount
    }
  }
}
