/// Writes JSON with the keys in the order given, into one string.
///
/// Own code because the order of keys is part of how a report reads, and for speed: an encoder of
/// the library sorts or shuffles them and takes five times as long.
struct JSONWriter {
  private(set) var text = ""
  /// Spaces for each level; nil for one line.
  private let indent: Int?
  private var depth = 0
  private var needsComma = false

  init(indent: Int? = 2) { self.indent = indent }

  mutating func object(_ body: (inout JSONWriter) -> Void) { enclose("{", "}", body) }
  mutating func array(_ body: (inout JSONWriter) -> Void) { enclose("[", "]", body) }

  private mutating func enclose(
    _ open: String, _ close: String, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    text += open
    depth += 1
    needsComma = false
    let before = text.utf8.count
    body(&self)
    depth -= 1
    if text.utf8.count > before { newLine() }
    text += close
    needsComma = true
  }

  /// Begins an element of an array or names the next value of an object.
  private mutating func separate() {
    guard !text.hasSuffix(": ") && !text.hasSuffix(":") || text.isEmpty else { return }
    if needsComma { text += "," }
    if depth > 0 { newLine() }
  }

  private mutating func newLine() {
    guard let indent else { return }
    text += "\n"
    for _ in 0..<depth * indent { text += " " }
  }

  mutating func key(_ name: String) {
    if needsComma { text += "," }
    newLine()
    needsComma = false
    quote(name)
    text += indent == nil ? ":" : ": "
  }

  mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// A number, `true`, `false` or `null`.
  mutating func raw(_ value: String) {
    separate()
    text += value
    needsComma = true
  }

  mutating func field(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { raw("null") }
  }

  mutating func field(_ name: String, _ value: some BinaryInteger) {
    key(name)
    raw("\(value)")
  }

  mutating func field(_ name: String, _ value: Bool) {
    key(name)
    raw(value ? "true" : "false")
  }

  mutating func field(_ name: String, _ values: [String]) {
    key(name)
    array { writer in
      for value in values { writer.string(value) }
    }
  }

  /// A list of objects under a name.
  mutating func field<Element>(
    _ name: String, _ values: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array { writer in
      for value in values { writer.object { body(&$0, value) } }
    }
  }

  private mutating func quote(_ value: String) {
    text += "\""
    defer { text += "\"" }
    // Nearly every text stands as it is, and goes out in one piece.
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) else {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
