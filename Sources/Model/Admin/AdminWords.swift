/// `name=value` words that tell the data of an administration command, in order.
public struct AdminWords: Sendable, Equatable {
  public private(set) var all: [(name: String, value: String)] = []

  public init() {}

  /// Words without an order of their own.
  public init(_ words: [String: String]) { all = words.map { ($0.key, $0.value) } }

  public static func == (a: AdminWords, b: AdminWords) -> Bool { a.text == b.text }

  public mutating func add(_ name: String, _ value: String) { all.append((name, value)) }

  mutating func add(_ name: String, hex value: UInt64) {
    add(name, Transaction.hexText(value, 1))
  }

  mutating func add(_ name: String, bytes: ArraySlice<UInt8>) {
    if !bytes.isEmpty { add(name, Self.hexText(bytes)) }
  }

  /// The words, each with a space before it.
  var text: String { all.map { " \($0.name)=\($0.value)" }.joined() }

  /// The number of the first word `name`, 0 where there is none; nil where it is no number.
  func number(_ name: String) -> UInt64? {
    guard let word = all.first(where: { $0.name == name }) else { return 0 }
    return Self.number(word.value[...])
  }

  func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

  /// The bytes of the first word `name`, none where there is none; nil where they are none.
  func bytes(_ name: String) -> [UInt8]? {
    guard let word = all.first(where: { $0.name == name }) else { return [] }
    return Self.bytes(word.value[...])
  }

  static func number(_ text: Substring) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }

  /// `0010ff` as bytes.
  static func bytes(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.map { Self.digit($0) }
    guard digits.count % 2 == 0 else { return nil }
    var result: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[place], let low = digits[place + 1] else { return nil }
      result.append(high &<< 4 | low)
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte &- 0x30
    case 0x61...0x66: byte &- 0x57
    case 0x41...0x46: byte &- 0x37
    default: nil
    }
  }

  static func hexText(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      for half in [byte &>> 4, byte & 15] { text.append(half < 10 ? 0x30 &+ half : 0x57 &+ half) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
