import Glibc

/// A regular expression of a filter: POSIX extended, without regard to case.
///
/// The C library's own, because it is kept well and needs nothing; Swift's `Regex` tries the ways
/// through a pattern one after another, which takes for ever on some. The C library does that for
/// references back (`\1`), builds all copies of a repetition (`x{1000}`), and keeps every state that
/// it met: the first are refused, the second are limited, and the pattern is compiled anew from time
/// to time. What is left is matched in one pass. A value of one thread.
@safe final class QueryPattern {
  private let text: String
  private var compiled: UnsafeMutablePointer<regex_t>
  /// Matches until the pattern is compiled anew.
  private var left = QueryPattern.period

  /// Bytes that a pattern may have, and how many copies its repetitions may make together.
  static var lengthLimit: Int { 256 }
  static var copyLimit: Int { 256 }
  private static var period: Int { 256 }

  /// Why the text is no pattern.
  struct Problem: Error {
    var expected: String
  }

  init(_ text: String) throws(Problem) {
    try Self.check(Array(text.utf8))
    self.text = text
    unsafe compiled = .allocate(capacity: 1)
    unsafe compiled.initialize(to: regex_t())
    let status = compile()
    guard status == 0 else {
      let message = unsafe Self.message(status, compiled)
      unsafe compiled.initialize(to: regex_t())
      throw Problem(expected: "a regular expression (\(message))")
    }
  }

  deinit {
    unsafe regfree(compiled)
    unsafe compiled.deallocate()
  }

  private func compile() -> Int32 {
    unsafe regcomp(compiled, text, REG_EXTENDED | REG_NOSUB | REG_ICASE)
  }

  func matches(_ subject: String) -> Bool {
    if left == 0 {
      left = Self.period
      unsafe regfree(compiled)
      guard compile() == 0 else {
        // No memory: what `regfree` takes has to be there all the same.
        unsafe compiled.initialize(to: regex_t())
        left = 0
        return false
      }
    }
    left -= 1
    return unsafe regexec(compiled, subject, 0, nil, 0) == 0
  }

  private static func message(_ status: Int32, _ compiled: UnsafePointer<regex_t>) -> String {
    var bytes = [UInt8](repeating: 0, count: 80)
    let length = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe regerror(
        status, compiled, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return String(decoding: bytes.prefix(max(0, min(length, 80) - 1)), as: UTF8.self)
  }

  private static func check(_ bytes: [UInt8]) throws(Problem) {
    guard bytes.count <= lengthLimit, !bytes.contains(0) else {
      throw Problem(expected: "a regular expression of at most \(lengthLimit) bytes")
    }
    for (byte, next) in zip(bytes, bytes.dropFirst()) where byte == UInt8(ascii: "\\") {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
        throw Problem(expected: "a regular expression without references back")
      }
    }
    guard copies(bytes) <= copyLimit else {
      throw Problem(
        expected: "a regular expression that repeats at most \(copyLimit) times in all")
    }
  }

  /// The product of all numbers of repetition: no more copies of a part are made.
  private static func copies(_ bytes: [UInt8]) -> Int {
    var product = 1
    var place = 0
    while place < bytes.count {
      defer { place += 1 }
      guard bytes[place] == UInt8(ascii: "{") else { continue }
      let inside = bytes[(place + 1)...].prefix { $0 != UInt8(ascii: "}") }
      let numbers = inside.split(separator: UInt8(ascii: ","))
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 1 }
      let (result, isTooMuch) = product.multipliedReportingOverflow(
        by: max(1, numbers.max() ?? 1))
      guard !isTooMuch, result <= copyLimit else { return .max }
      product = result
    }
    return product
  }
}
