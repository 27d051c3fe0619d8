public import Rules

/// What a finding is, without where and when it was recorded: the same in every recording of the
/// same scenario.
///
/// Rule, kind of device and message, in which addresses, counts and large numbers are left out. No
/// path, time, record, session or device id is in it.
public struct FindingKey: Sendable, Hashable, Comparable {
  public var rule: String
  /// Transport and type: `pci/blk`.
  public var device: String
  public var message: String

  public init(rule: String, device: String, message: String) {
    self.rule = rule
    self.device = device
    self.message = message
  }

  public init(_ finding: Finding, of device: PolicyDevice) {
    self.init(
      rule: finding.rule, device: "\(device.transport)/\(device.name)",
      message: Self.general(finding.message))
  }

  public static func < (a: FindingKey, b: FindingKey) -> Bool {
    (a.rule, a.device, a.message) < (b.rule, b.device, b.message)
  }

  /// 32 hexadecimal digits that stand for the key; `more` tells one of its places from another.
  public func fingerprint(_ more: String = "") -> String {
    let text = [rule, device, message, more].joined(separator: "\n")
    return Self.hash(text, seed: 0xcbf2_9ce4_8422_2325)
      + Self.hash(text, seed: 0x6c62_272e_07bb_0142)
  }

  /// FNV-1a: the same on every machine and in every version, which the library's hash is not.
  private static func hash(_ text: String, seed: UInt64) -> String {
    var hash = seed
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The message with `…` for what differs from run to run: hexadecimal numbers of more than four
  /// digits (addresses, cookies), decimal ones of more than three, and how many times.
  static func general(_ message: String) -> String {
    let words = message.split(separator: " ", omittingEmptySubsequences: false)
    return words.enumerated().map { place, word in
      let isCount = place + 1 < words.count && words[place + 1].hasPrefix("times")
      return isCount && word.utf8.allSatisfy(isDigit) ? "…" : general(word: word.utf8)
    }.joined(separator: " ")
  }

  private static func general(word: Substring.UTF8View) -> String {
    var text: [UInt8] = []
    var rest = word
    while let byte = rest.first {
      let isHexadecimal = byte == UInt8(ascii: "0") && rest.dropFirst().first == UInt8(ascii: "x")
      let number =
        isHexadecimal
        ? rest.dropFirst(2).prefix(while: isHexDigit) : rest.prefix(while: isDigit)
      guard !number.isEmpty else {
        text.append(byte)
        rest = rest.dropFirst()
        continue
      }
      if isHexadecimal { rest = rest.dropFirst(2) }
      rest = rest.dropFirst(number.count)
      let isLong = number.count > (isHexadecimal ? 4 : 3)
      text += isHexadecimal ? Array("0x".utf8) : []
      text += isLong ? Array("…".utf8) : Array(number)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
  }
}
