/// Cuts what a QMP server sends into messages: JSON objects, one behind the other, on one line each
/// or on many.
struct QMPMessages {
  /// What came of the message that is not whole yet, or of those behind.
  private var pending: [UInt8] = []
  /// Where in `pending` the message begins, and how far it was looked at.
  private var start = 0
  private var seen = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// No answer that vtrace asks for is larger; it is also the most that waits here.
  static var sizeLimit: Int { 4 << 20 }

  /// Why what came is no QMP.
  enum Problem: Error, Equatable {
    /// Something else than an object, which begins with these bytes.
    case notAnObject([UInt8])
    case tooLarge
  }

  /// Takes what came.
  mutating func take(_ bytes: [UInt8]) {
    pending.removeFirst(start)
    seen -= start
    start = 0
    pending += bytes
  }

  /// Whether a message began that did not end.
  var isInside: Bool { depth > 0 }

  /// The next whole message; nil when more has to come first.
  mutating func next() throws(Problem) -> [UInt8]? {
    while seen < pending.count {
      let byte = pending[seen]
      if depth == 0 {
        guard byte != 0x20, !(0x09...0x0d ~= byte) else {
          seen += 1
          start = seen
          continue
        }
        guard byte == UInt8(ascii: "{") else {
          throw .notAnObject(Array(pending[seen...].prefix(64)))
        }
      }
      seen += 1
      step(byte)
      guard depth == 0 else { continue }
      defer { start = seen }
      return Array(pending[start..<seen])
    }
    guard pending.count - start <= Self.sizeLimit else { throw .tooLarge }
    return nil
  }

  private mutating func step(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }
}
