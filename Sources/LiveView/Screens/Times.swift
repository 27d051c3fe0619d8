import Reports

/// Times as the screens show them.
enum Times {
  /// Seconds since `start` with six places.
  static func since(_ start: Int64, _ time: Int64) -> String {
    let text = seconds(time &- start)
    return String(text.dropLast(3))
  }

  /// A span with its sign.
  static func difference(_ nanoseconds: Int64) -> String {
    nanoseconds < 0 ? "-\(duration(nanoseconds))" : "+\(duration(nanoseconds))"
  }

  /// A number with its thousands apart.
  static func grouped(_ number: UInt64) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A number in at most five columns.
  static func short(_ number: UInt64) -> String {
    switch number {
    case 0..<100_000: "\(number)"
    case 0..<10_000_000: "\(number / 1000)k"
    default: "\(number / 1_000_000)M"
    }
  }
}

extension String {
  /// Filled to `width` columns, or cut.
  func fitted(_ width: Int) -> String {
    let count = count
    if count > width { return String(prefix(max(width, 0))) }
    return self + String(repeating: " ", count: width - count)
  }

  /// Moved to the right end of `width` columns.
  func aligned(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}
