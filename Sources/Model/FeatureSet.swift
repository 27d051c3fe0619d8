/// Feature bits 0 to 127 with the knowledge which of them were seen, and whether any beyond were
/// set.
///
/// A driver reads and writes features in words of 32 bits (and some read halves of them): a bit
/// counts as known only when an access covered it.
public struct FeatureSet: Sendable, BitwiseCopyable, Equatable {
  /// Bits 0 to 63 and 64 to 127.
  public private(set) var low: UInt64 = 0
  public private(set) var high: UInt64 = 0
  /// The bits of `low` and `high` that an access covered.
  public private(set) var knownLow: UInt64 = 0
  public private(set) var knownHigh: UInt64 = 0
  /// The first bit from 128 on that was set, -1 if none.
  public private(set) var firstBeyond: Int32 = -1

  public init() {}

  /// A set that is known whole.
  public init(low: UInt64, high: UInt64 = 0) {
    self.low = low
    self.high = high
    knownLow = .max
    knownHigh = .max
  }

  /// Takes what one access showed of `word`: the bits of `mask` have the value `value`.
  public mutating func update(word: UInt32, value: UInt64, mask: UInt64) {
    let mask = mask & 0xffff_ffff
    let value = value & mask
    switch word {
    case 0, 1:
      let shift = UInt64(word) * 32
      low = low & ~(mask << shift) | value << shift
      knownLow |= mask << shift
    case 2, 3:
      let shift = UInt64(word - 2) * 32
      high = high & ~(mask << shift) | value << shift
      knownHigh |= mask << shift
    default:
      guard value != 0, firstBeyond < 0 else { return }
      let bit = UInt64(word) * 32 + UInt64(value.trailingZeroBitCount)
      firstBeyond = Int32(clamping: bit)
    }
  }

  /// Whether `bit` is set (false where unknown).
  public func contains(_ bit: Int) -> Bool {
    switch bit {
    case 0..<64: low >> UInt64(bit) & 1 == 1
    case 64..<128: high >> UInt64(bit - 64) & 1 == 1
    default: Int(firstBeyond) == bit
    }
  }

  /// Whether an access showed `bit`.
  public func knows(_ bit: Int) -> Bool {
    switch bit {
    case 0..<64: knownLow >> UInt64(bit) & 1 == 1
    case 64..<128: knownHigh >> UInt64(bit - 64) & 1 == 1
    default: false
    }
  }

  /// Whether the whole `word` was covered.
  public func knows(word: Int) -> Bool {
    switch word {
    case 0, 1: knownLow >> UInt64(word * 32) & 0xffff_ffff == 0xffff_ffff
    case 2, 3: knownHigh >> UInt64((word - 2) * 32) & 0xffff_ffff == 0xffff_ffff
    default: false
    }
  }

  /// Whether any access covered any bit.
  public var isKnownAtAll: Bool { knownLow | knownHigh != 0 }

  /// Whether no bit is set.
  public var isEmpty: Bool { low | high == 0 && firstBeyond < 0 }

  /// The bits that are set, ascending.
  public var bits: [Int] {
    var result: [Int] = []
    for bit in 0..<128 where contains(bit) { result.append(bit) }
    if firstBeyond >= 0 { result.append(Int(firstBeyond)) }
    return result
  }

  /// The bits set here and known to be clear in `other`.
  public func bitsKnownMissing(in other: FeatureSet) -> FeatureSet {
    var result = FeatureSet()
    result.low = low & ~other.low & other.knownLow
    result.high = high & ~other.high & other.knownHigh
    result.knownLow = knownLow
    result.knownHigh = knownHigh
    return result
  }

  /// The bits set in either, known where either knows them.
  public func union(_ other: FeatureSet) -> FeatureSet {
    var result = self
    result.low |= other.low
    result.high |= other.high
    result.knownLow |= other.knownLow
    result.knownHigh |= other.knownHigh
    if result.firstBeyond < 0 { result.firstBeyond = other.firstBeyond }
    return result
  }

  /// Bits `32 * word` to `32 * word + 31`, for the first four words.
  public func word(_ word: Int) -> UInt64 {
    switch word {
    case 0, 1: low >> UInt64(word * 32) & 0xffff_ffff
    case 2, 3: high >> UInt64((word - 2) * 32) & 0xffff_ffff
    default: 0
    }
  }

  /// Whether every bit set here was covered in `other`.
  public func isKnown(by other: FeatureSet) -> Bool {
    low & ~other.knownLow == 0 && high & ~other.knownHigh == 0 && firstBeyond < 0
  }

  /// The bits set in both.
  public func intersection(_ other: FeatureSet) -> FeatureSet {
    var result = self
    result.low &= other.low
    result.high &= other.high
    return result
  }
}
