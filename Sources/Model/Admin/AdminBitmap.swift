internal import Wire

/// A set of numbers (opcodes, ids of capabilities) as administration commands carry it: 64 a word.
///
/// Spec: 2.12.1
public struct AdminBitmap: Sendable, Equatable {
  /// At most `wordLimit` words; words of zero at the end are left out.
  public private(set) var words: [UInt64]

  /// Words that hold all numbers of 16 bits.
  public static var wordLimit: Int { 1024 }

  public init(_ words: [UInt64] = []) {
    self.words = Array(words.prefix(Self.wordLimit))
    while self.words.last == 0 { self.words.removeLast() }
  }

  /// The words that `bytes` hold, the last one padded with zeros.
  init(_ bytes: AdminBytes) {
    var words: [UInt64] = []
    var offset = 0
    while offset < bytes.count, words.count < Self.wordLimit {
      words.append(bytes.number(at: offset, width: 8))
      offset &+= 8
    }
    self.init(words)
  }

  public var isEmpty: Bool { words.isEmpty }

  public func contains(_ number: UInt16) -> Bool {
    let word = Int(number >> 6)
    return word < words.count && words[word] & 1 &<< UInt64(number & 63) != 0
  }

  public func union(_ other: AdminBitmap) -> AdminBitmap {
    var result = words.count >= other.words.count ? words : other.words
    let shorter = words.count >= other.words.count ? other.words : words
    for place in shorter.indices { result[place] |= shorter[place] }
    return AdminBitmap(result)
  }

  public func subtracting(_ other: AdminBitmap) -> AdminBitmap {
    var result = words
    for place in result.indices where place < other.words.count {
      result[place] &= ~other.words[place]
    }
    return AdminBitmap(result)
  }

  /// The numbers in the set, at most `limit` of them.
  public func numbers(limit: Int = .max) -> [UInt16] {
    var result: [UInt16] = []
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0, result.count < limit {
        result.append(UInt16(truncatingIfNeeded: place &* 64 &+ rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    return result
  }

  /// `0x3f`, with a comma between words.
  public var text: String {
    words.isEmpty ? "0x0" : words.map { Transaction.hexText($0, 1) }.joined(separator: ",")
  }
}
