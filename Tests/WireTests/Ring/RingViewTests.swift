import Testing

@testable import Wire

/// Each view over the bytes of its drawing, in both byte orders, and over every shorter length.
@Suite struct RingViewTests {
  static let descriptor: [UInt8] = [
    0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70,  // addr
    0x01, 0x02, 0x03, 0x04,  // len
    0x05, 0x00,  // flags: NEXT | INDIRECT
    0x0a, 0x0b,  // next
  ]
  static let available: [UInt8] = [
    0x01, 0x00,  // flags
    0xfe, 0xff,  // idx
    0x03, 0x00, 0x02, 0x00, 0x01, 0x00, 0x00, 0x00,  // ring
    0x34, 0x12,  // used_event
  ]
  static let used: [UInt8] = [
    0x01, 0x00,  // flags
    0x02, 0x00,  // idx
    0x07, 0, 0, 0, 0x11, 0, 0, 0,  // element 0
    0x08, 0, 0, 0, 0x22, 0, 0, 0,  // element 1
    0x78, 0x56,  // avail_event
  ]

  /// Whether a view over the first `count` of `bytes` is made by `make`.
  private func accepts(
    _ bytes: [UInt8], _ count: Int, _ make: (RawSpan) -> Bool
  ) -> Bool {
    make(bytes.span.raw.extracting(first: count))
  }

  @Test func splitDescriptor() {
    let bytes = Self.descriptor
    guard let view = SplitDescriptor(bytes.span.raw, bigEndian: false) else {
      Issue.record("refused 16 bytes")
      return
    }
    #expect(view.address == 0x7060_5040_3020_1000)
    #expect(view.length == 0x0403_0201)
    #expect(view.flags == [.next, .indirect])
    #expect(view.next == 0x0b0a)
    guard let big = SplitDescriptor(bytes.span.raw, bigEndian: true) else {
      Issue.record("refused 16 bytes")
      return
    }
    #expect(big.address == 0x0010_2030_4050_6070)
    #expect(big.length == 0x0102_0304)
    #expect(big.flags.rawValue == 0x0500)
    #expect(big.next == 0x0a0b)
  }

  @Test func packedDescriptor() {
    var bytes = Self.descriptor
    bytes[12...15] = [0x2a, 0x00, 0x82, 0x80]
    guard let view = PackedDescriptor(bytes.span.raw, bigEndian: false) else {
      Issue.record("refused 16 bytes")
      return
    }
    #expect(view.address == 0x7060_5040_3020_1000)
    #expect(view.length == 0x0403_0201)
    #expect(view.id == 42)
    #expect(view.flags == [.write, .available, .used])
  }

  @Test(arguments: 0..<16) func descriptorsRefuseFewerBytes(count: Int) {
    #expect(!accepts(Self.descriptor, count) { SplitDescriptor($0, bigEndian: false) != nil })
    #expect(!accepts(Self.descriptor, count) { PackedDescriptor($0, bigEndian: false) != nil })
    #expect(!accepts(Self.descriptor, count) { IndirectTable($0, bigEndian: false) != nil })
  }

  @Test func availableRing() {
    let bytes = Self.available
    guard let view = AvailableRing(bytes.span.raw, size: 4, bigEndian: false) else {
      Issue.record("refused the ring")
      return
    }
    #expect(view.flags == 1)
    #expect(view.index == 0xfffe)
    #expect(view.head(at: 0) == 3)
    #expect(view.head(at: 0xffff) == 0)
    #expect(view.usedEvent == 0x1234)
    guard let big = AvailableRing(bytes.span.raw, size: 4, bigEndian: true) else {
      Issue.record("refused the ring")
      return
    }
    #expect(big.index == 0xfeff)
    #expect(big.head(at: 1) == 0x0200)
  }

  @Test(arguments: 0..<14) func availableRingRefusesFewerBytes(count: Int) {
    #expect(!accepts(Self.available, count) { AvailableRing($0, size: 4, bigEndian: false) != nil })
  }

  @Test func usedRing() {
    let bytes = Self.used
    guard let view = UsedRing(bytes.span.raw, size: 2, bigEndian: false) else {
      Issue.record("refused the ring")
      return
    }
    #expect(view.flags == 1)
    #expect(view.index == 2)
    #expect(view.id(at: 3) == 8)
    #expect(view.length(at: 2) == 0x11)
    #expect(view.availableEvent == 0x5678)
    guard let element = UsedElement(bytes.span.raw.extracting(droppingFirst: 4), bigEndian: false)
    else {
      Issue.record("refused the element")
      return
    }
    #expect(element.id == 7)
    #expect(element.length == 0x11)
  }

  @Test(arguments: 0..<22) func usedRingRefusesFewerBytes(count: Int) {
    #expect(!accepts(Self.used, count) { UsedRing($0, size: 2, bigEndian: false) != nil })
  }

  @Test(arguments: 0..<8) func usedElementRefusesFewerBytes(count: Int) {
    #expect(!accepts(Self.used, count) { UsedElement($0, bigEndian: false) != nil })
  }

  @Test(arguments: [-1, 0, 32769, Int.max]) func ringsRefuseSizesOfNoQueue(size: Int) {
    let bytes = [UInt8](repeating: 0, count: 1 << 19)
    #expect(!accepts(bytes, bytes.count) { AvailableRing($0, size: size, bigEndian: false) != nil })
    #expect(!accepts(bytes, bytes.count) { UsedRing($0, size: size, bigEndian: false) != nil })
  }

  @Test func eventSuppression() {
    let bytes: [UInt8] = [0x0c, 0x80, 0x02, 0x00]
    guard let view = EventSuppression(bytes.span.raw, bigEndian: false) else {
      Issue.record("refused 4 bytes")
      return
    }
    #expect(view.offset == 12)
    #expect(view.wrap == true)
    #expect(view.mode == 2)
    for count in 0..<4 {
      #expect(!accepts(bytes, count) { EventSuppression($0, bigEndian: false) != nil })
    }
  }

  @Test func indirectTable() {
    let bytes = Self.descriptor + Self.descriptor
    guard let table = IndirectTable(bytes.span.raw, bigEndian: false) else {
      Issue.record("refused the table")
      return
    }
    #expect(table.count == 2)
    let (next, id) = (table.descriptor(1)?.next, table.packedDescriptor(1)?.id)
    #expect(next == 0x0b0a)
    #expect(id == 5)
    let beyond = table.descriptor(2) != nil || table.descriptor(-1) != nil
    #expect(!beyond)
    for count in 17..<32 {
      #expect(!accepts(bytes, count) { IndirectTable($0, bigEndian: false) != nil })
    }
  }
}
