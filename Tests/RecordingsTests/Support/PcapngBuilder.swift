/// Writes pcapng by hand, in either byte order, right or wrong.
struct PcapngBuilder {
  var bytes: [UInt8] = []
  var bigEndian: Bool

  init(bigEndian: Bool = false) {
    self.bigEndian = bigEndian
  }

  typealias Option = (code: UInt16, value: [UInt8])

  func number<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: bigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
  }

  static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: -bytes.count & 3)
  }

  func options(_ list: [Option]) -> [UInt8] {
    guard !list.isEmpty else { return [] }
    return (list + [(0, [])]).flatMap {
      number($0.code) + number(UInt16($0.value.count)) + Self.padded($0.value)
    }
  }

  mutating func block(_ type: UInt32, _ body: [UInt8]) {
    let length = number(UInt32(body.count + 12))
    bytes += number(type) + length + body + length
  }

  mutating func section(_ list: [Option] = []) {
    block(
      0x0a0d_0d0a,
      number(UInt32(0x1a2b_3c4d)) + number(UInt16(1)) + number(UInt16(0)) + number(UInt64.max)
        + options(list))
  }

  mutating func interface(_ linkType: UInt16 = 147, snap: UInt32 = 0, _ list: [Option] = []) {
    block(1, number(linkType) + number(UInt16(0)) + number(snap) + options(list))
  }

  mutating func enhanced(
    _ packet: [UInt8], interface: UInt32 = 0, time: UInt64, original: Int? = nil,
    _ list: [Option] = []
  ) {
    block(
      6,
      number(interface) + number(UInt32(time >> 32)) + number(UInt32(truncatingIfNeeded: time))
        + number(UInt32(packet.count)) + number(UInt32(original ?? packet.count))
        + Self.padded(packet) + options(list))
  }

  mutating func simple(_ packet: [UInt8], original: Int? = nil) {
    block(3, number(UInt32(original ?? packet.count)) + Self.padded(packet))
  }

  mutating func obsolete(_ packet: [UInt8], interface: UInt16 = 0, drops: UInt16, time: UInt64) {
    block(
      2,
      number(interface) + number(drops) + number(UInt32(time >> 32))
        + number(UInt32(truncatingIfNeeded: time)) + number(UInt32(packet.count))
        + number(UInt32(packet.count)) + Self.padded(packet))
  }

  /// A packet of the encapsulation: always little-endian.
  static func access(
    kind: UInt8 = 3, flags: UInt16 = 1, cpu: UInt16 = 0, address: UInt64 = 0x1000,
    width: UInt32 = 4, code: UInt32 = 0, data: [UInt8] = [1, 2, 3, 4]
  ) -> [UInt8] {
    let little = PcapngBuilder()
    return [0x56, 0x54, 1, kind] + little.number(flags) + little.number(cpu)
      + little.number(address) + little.number(width) + little.number(code) + data
  }
}
