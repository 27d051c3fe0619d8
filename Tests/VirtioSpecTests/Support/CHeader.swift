import Foundation

/// The user-space headers of Linux, which state the numbers of virtio independently of us
/// (Debian: linux-libc-dev).
enum CHeader {
  static let folder = URL(fileURLWithPath: "/usr/include/linux")

  /// The text of a header without comments and continuation lines.
  static func text(_ name: String, in folder: URL = folder) throws -> String {
    var text = try String(
      contentsOf: folder.appendingPathComponent("\(name).h"), encoding: .utf8)
    for pattern in ["/\\*[\\s\\S]*?\\*/", "//[^\\n]*", "\\\\\\n"] {
      text = text.replacingOccurrences(of: pattern, with: " ", options: .regularExpression)
    }
    return text
  }

  /// The names of all virtio headers.
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("virtio") && $0.hasSuffix(".h") }
      .map { String($0.dropLast(2)) }.sorted()
  }

  /// The constants that a header defines as a number, or as a bit shifted to its place.
  static func constants(_ name: String) throws -> [String: Int] {
    constants(in: try text(name))
  }

  /// The same of a header's text.
  static func constants(in text: String) -> [String: Int] {
    var result: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 3, words[0] == "#define" else { continue }
      let value = words[2...].joined(separator: " ")
      if let number = number(value) { result[String(words[1])] = number }
    }
    return result
  }

  /// `12`, `0x0c` or `(1 << 3)` as a number.
  static func number(_ text: String) -> Int? {
    let inner = text.trimmingCharacters(in: CharacterSet(charactersIn: "() "))
    let parts = inner.components(separatedBy: "<<")
    if parts.count == 2, let base = number(parts[0]), let shift = number(parts[1]) {
      return base << shift
    }
    return inner.hasPrefix("0x") ? Int(inner.dropFirst(2), radix: 16) : Int(inner)
  }
}
