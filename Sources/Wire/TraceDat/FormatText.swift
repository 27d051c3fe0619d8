// What the kernel writes as text and trace-cmd stores as it is: names, `key:number;` pairs, lines.
// Scanned as bytes, because a file may hold thousands of formats of which a few are used.

extension RawSpan {
  /// The bytes as text for a message: at most 120 of them, without control characters.
  public var shortText: String {
    var text = ""
    for scalar in extracting(first: Swift.min(byteCount, 120)).text.unicodeScalars {
      text.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar)
    }
    return text
  }

  /// Offset of the first `byte` at or after `start`, or the end.
  @inlinable
  func find(_ byte: UInt8, from start: Int) -> Int {
    var index = Swift.max(start, 0)
    while index < byteCount, self.byte(at: index) != byte { index &+= 1 }
    return Swift.min(index, byteCount)
  }

  /// Offset of the first occurrence of `word`, nil where there is none.
  func firstOffset(of word: StaticString) -> Int? {
    let wanted = word.bytes
    guard let first = wanted.first else { return 0 }
    var start = find(first, from: 0)
    while start < byteCount {
      if extracting(start..<byteCount).starts(with: wanted) { return start }
      start = find(first, from: start + 1)
    }
    return nil
  }

  /// The decimal number right behind the first `word`.
  func number(after word: StaticString) -> Int? {
    guard let place = firstOffset(of: word) else { return nil }
    return extracting(place + word.utf8CodeUnitCount..<byteCount).leadingNumber
  }

  /// The decimal number at the beginning, blanks passed over.
  var leadingNumber: Int? {
    var index = 0
    while index < byteCount, byte(at: index) == 0x20 || byte(at: index) == 0x09 { index += 1 }
    var value: Int?
    while index < byteCount, 0x30...0x39 ~= byte(at: index) {
      let (product, tooBig) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, over) = product.addingReportingOverflow(Int(byte(at: index)) - 0x30)
      guard !tooBig, !over else { return nil }
      value = sum
      index += 1
    }
    return value
  }
}

extension StaticString {
  /// The UTF-8 bytes of the literal.
  var bytes: [UInt8] { Array(description.utf8) }
}
