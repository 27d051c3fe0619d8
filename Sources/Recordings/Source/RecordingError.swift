/// Why an input could not be read at all: the job cannot be done, exit status 2.
///
/// Damage inside a recording is no error but a problem in its `InputSummary`.
public struct RecordingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path as given.
  public var path: String
  public var reason: Reason

  public init(_ reason: Reason, path: String) {
    self.reason = reason
    self.path = path
  }

  public enum Reason: Equatable, Sendable {
    /// A call of the operating system failed: what was tried, and what the system said.
    case system(doing: String, message: String)
    case isDirectory
    /// Nothing in the input: no format can be told.
    case empty
    /// No format that vtrace reads begins like this.
    case unknownFormat(head: [UInt8])
    /// A known format in a form that cannot be read; the text says which.
    case unsupported(String)
    /// So badly damaged that not one record can be read; the text says where and how.
    case damaged(String)
  }

  public var description: String {
    switch reason {
    case .system(let doing, let message): "\(path): cannot \(doing): \(message)"
    case .isDirectory: "\(path): is a directory, not a recording"
    case .empty: "\(path): is empty"
    case .unknownFormat(let head):
      "\(path): no known recording format; it begins with \(Self.show(head))"
    case .unsupported(let what): "\(path): \(what)"
    case .damaged(let what): "\(path): \(what)"
    }
  }

  /// The bytes in hexadecimal, and as text where they are that.
  private static func show(_ head: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text = ""
    for byte in head.prefix(16) {
      if !text.isEmpty { text += " " }
      let pair = [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      text += String(decoding: pair, as: UTF8.self)
    }
    let shown = head.prefix(16).map { 0x20...0x7e ~= $0 ? $0 : UInt8(ascii: ".") }
    return text + " (\"" + String(decoding: shown, as: UTF8.self) + "\")"
  }
}
