/// Reads JSON text, and says where it is not JSON.
///
/// For hints and a monitor's answers, which are small: a whole JSON library costs a short run more
/// time to load than everything else it does. Source: RFC 8259.
public struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// Values inside values; a hint has three levels, a bus behind bridges three for each.
  private static var depthLimit: Int { 32 }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value of the text.
  public static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.problem("the end of the text") }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func problem(_ expected: String) -> JSONProblem {
    let found =
      next.map { byte in
        0x20..<0x7f ~= byte
          ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
      } ?? "the end of the text"
    return JSONProblem(at: position, in: bytes, text: "expected \(expected), found \(found)")
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || 0x09...0x0a ~= byte || byte == 0x0d { position += 1 }
  }

  private mutating func skip(_ character: Character) -> Bool {
    skipSpace()
    guard let byte = next, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character) throws(JSONProblem) {
    guard skip(character) else { throw problem("'\(character)'") }
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    skipSpace()
    let start = position
    guard depth < Self.depthLimit else {
      throw JSONProblem(at: position, in: bytes, text: "values lie too deep inside each other")
    }
    switch next {
    case UInt8(ascii: "{"): return JSONValue(offset: start, content: try object(depth: depth))
    case UInt8(ascii: "["): return JSONValue(offset: start, content: try array(depth: depth))
    case UInt8(ascii: "\""): return JSONValue(offset: start, content: .string(try string()))
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return JSONValue(offset: start, content: .number(try number()))
    }
  }

  private mutating func word(
    _ text: String, _ content: JSONValue.Content
  ) throws(JSONProblem) -> JSONValue {
    let start = position
    for byte in text.utf8 {
      guard next == byte else { throw problem("'\(text)'") }
      position += 1
    }
    return JSONValue(offset: start, content: content)
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue.Content {
    position += 1
    var members: [(key: String, value: JSONValue)] = []
    if skip("}") { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("a key in quotes") }
      let key = try string()
      try expect(":")
      members.append((key, try value(depth: depth + 1)))
    } while skip(",")
    try expect("}")
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue.Content {
    position += 1
    var values: [JSONValue] = []
    if skip("]") { return .array(values) }
    repeat { values.append(try value(depth: depth + 1)) } while skip(",")
    try expect("]")
    return .array(values)
  }

  private mutating func number() throws(JSONProblem) -> String {
    let start = position
    while let byte = next,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "+-.eE".utf8.contains(byte)
    {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Double(text) != nil else {
      position = start
      throw problem("a value")
    }
    return text
  }

  private mutating func string() throws(JSONProblem) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw problem("the end of the string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        try escape(into: &text)
      } else {
        text.append(byte)
      }
    }
    guard next != nil else { throw problem("the end of the string") }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
    let plain: [Character: UInt8] = [
      "\"": 0x22, "\\": 0x5c, "/": 0x2f, "b": 0x08, "f": 0x0c, "n": 0x0a, "r": 0x0d, "t": 0x09,
    ]
    guard let byte = next else { throw problem("what is escaped") }
    let character = Character(Unicode.Scalar(byte))
    if let meant = plain[character] {
      position += 1
      text.append(meant)
    } else if character == "u" {
      position += 1
      var unit = try hexadecimal()
      if 0xd800..<0xdc00 ~= unit, position + 1 < bytes.count,
        bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        if 0xdc00..<0xe000 ~= low { unit = 0x1_0000 + (unit - 0xd800) << 10 + (low - 0xdc00) }
      }
      text += Array(String(Unicode.Scalar(unit) ?? "\u{fffd}").utf8)
    } else {
      throw problem("what is escaped")
    }
  }

  private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
    let end = min(position + 4, bytes.count)
    guard end - position == 4,
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits") }
    position = end
    return value
  }
}
