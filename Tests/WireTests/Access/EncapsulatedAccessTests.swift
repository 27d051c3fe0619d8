import Testing
import Wire

@Suite struct EncapsulatedAccessTests {
  /// A write of 0x0b to 0x0a003e70 by CPU 1, as the drawing above the view has it.
  static let packet: [UInt8] = [
    0x56, 0x54, 1, 3, 1, 0, 1, 0,
    0x70, 0x3e, 0x00, 0x0a, 0, 0, 0, 0,
    4, 0, 0, 0, 0x44, 0x33, 0x22, 0x11,
    0x0b, 0, 0, 0,
  ]

  @Test func fields() throws {
    let view = try EncapsulatedAccess(Self.packet.span.raw)
    #expect(view.kind == 3)
    #expect(view.flags == 1)
    #expect(view.cpu == 1)
    #expect(view.address == 0x0a00_3e70)
    #expect(view.width == 4)
    #expect(view.code == 0x1122_3344)
    #expect(view.value == 0x0b)
    #expect(view.data.byteCount == 4)
  }

  @Test(arguments: 0..<12) func valueIsTheFirstEightBytes(count: Int) throws {
    let data = (0..<UInt8(count)).map { $0 + 1 }
    let packet = Self.packet.prefix(24) + data
    let expected = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let value = try EncapsulatedAccess(Array(packet).span.raw).value
    #expect(value == expected)
  }

  @Test(arguments: 0..<24) func refusesFewerBytes(count: Int) {
    #expect(throws: EncapsulatedAccess.Defect.tooShort(count)) {
      _ = try EncapsulatedAccess(Array(Self.packet.prefix(count)).span.raw).kind
    }
  }

  @Test func refusesOthers() {
    var packet = Self.packet
    packet[2] = 2
    #expect(throws: EncapsulatedAccess.Defect.version(2)) {
      _ = try EncapsulatedAccess(packet.span.raw).kind
    }
    packet[0] = 0x45
    #expect(throws: EncapsulatedAccess.Defect.noMagic(0x4554)) {
      _ = try EncapsulatedAccess(packet.span.raw).kind
    }
  }
}
