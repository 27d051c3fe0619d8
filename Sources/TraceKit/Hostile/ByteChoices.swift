/// Turns bytes into choices, so that a fuzzer that changes bytes changes what is done.
struct ByteChoices {
  private let bytes: [UInt8]
  private var next = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { next >= bytes.count }

  /// The next byte, 0 behind the end.
  mutating func byte() -> UInt8 {
    guard next < bytes.count else { return 0 }
    defer { next += 1 }
    return bytes[next]
  }

  /// All bytes that are left.
  mutating func rest() -> ArraySlice<UInt8> {
    defer { next = bytes.count }
    return bytes[min(next, bytes.count)...]
  }

  /// A number below `count`.
  mutating func below(_ count: Int) -> Int { Int(byte()) % max(count, 1) }

  mutating func element<T>(_ list: [T]) -> T { list[below(list.count)] }

  /// A little-endian number of `count` bytes.
  mutating func number(_ count: Int) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<count { value |= UInt64(byte()) << UInt64(place * 8) }
    return value
  }

  /// A number where errors are: small, one bit, all ones, or anything.
  mutating func interesting() -> UInt64 {
    switch byte() {
    case let small where small < 0x60: UInt64(small & 0x1f)
    case let bit where bit < 0xa0: 1 << UInt64(bit & 63)
    case let ones where ones < 0xc0: UInt64.max >> UInt64(ones & 63)
    case 0xc0..<0xd0: 0x74_7261_6976 &+ UInt64(byte())
    case 0xd0..<0xe0: number(2)
    case 0xe0..<0xf0: number(4)
    default: number(8)
    }
  }
}
