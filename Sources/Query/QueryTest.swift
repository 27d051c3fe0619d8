/// One comparison of a filter, compiled: names are numbers, sets are ranges.
struct QueryTest: Sendable {
  var field: QueryField
  var form = Form.present
  /// The bits of the field that count.
  var mask: UInt64?
  /// What a number, a time, a name or flags are compared with; several for a set.
  var ranges: [Range] = []
  /// What a text is compared with; for `matches`, the pattern.
  var texts: [String] = []
  var bits: [Bit] = []

  /// How it compares. A set is `equal` to what is in it.
  enum Form: Sendable {
    /// The field is there; with a mask, one of its bits is set; a mark is true.
    case present
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    case contains
    case matches
  }

  /// Values from one to another, both included.
  struct Range: Sendable, BitwiseCopyable {
    var low: UInt64
    var high: UInt64

    func contains(_ value: UInt64) -> Bool { value >= low && value <= high }
  }

  /// A feature bit, on devices of one type or (`type` nil) of any.
  struct Bit: Sendable, Hashable, BitwiseCopyable {
    var type: UInt32?
    var bit: Int
  }

  /// Whether `value` passes.
  func passes(_ value: UInt64) -> Bool {
    let value = mask.map { value & $0 } ?? value
    // A comparison by size has one value.
    let other = ranges.first?.low ?? 0
    switch form {
    case .present: return mask == nil || value != 0
    case .equal: return isAmongRanges(value)
    case .notEqual: return !isAmongRanges(value)
    case .less: return value < other
    case .lessOrEqual: return value <= other
    case .greater: return value > other
    case .greaterOrEqual: return value >= other
    case .contains, .matches: return false
    }
  }

  private func isAmongRanges(_ value: UInt64) -> Bool {
    for range in ranges where range.contains(value) { return true }
    return false
  }

  /// A time as a number of the same order.
  static func number(ofTime time: Int64) -> UInt64 { UInt64(bitPattern: time) ^ 1 << 63 }
}
