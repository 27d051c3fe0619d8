import Testing
import Wire

/// The views over a GPU's requests and responses, and every shorter length.
@Suite struct GPUViewTests {
  static let response: [UInt8] =
    [0x05, 0x11, 0, 0] + [UInt8](repeating: 0, count: 20) + (0x10...0x1f)

  @Test func theHeader() {
    guard let header = GPUControlHeader(Self.response.span.raw) else {
      Issue.record("refused 40 bytes")
      return
    }
    #expect(header.type == 0x1105)
  }

  @Test func theUUIDInTheOrderOfItsBytes() {
    guard let response = GPUUUIDResponse(Self.response.span.raw) else {
      Issue.record("refused 40 bytes")
      return
    }
    #expect(response.high == 0x1011_1213_1415_1617)
    #expect(response.low == 0x1819_1a1b_1c1d_1e1f)
  }

  @Test(arguments: 0..<40) func tooShort(count: Int) {
    let bytes = Self.response.span.raw.extracting(first: count)
    let hasHeader = GPUControlHeader(bytes) != nil
    let hasUUID = GPUUUIDResponse(bytes) != nil
    #expect(hasHeader == (count >= 24))
    #expect(!hasUUID)
  }
}
