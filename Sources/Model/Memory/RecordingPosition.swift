/// A place in a recording up to which it is replayed.
public enum RecordingPosition: Equatable, Sendable {
  /// Up to and with the record of this number, from 1.
  case record(UInt64)
  /// Up to and with this time, in nanoseconds on the recording's own clock.
  case time(Int64)

  /// Reads a number of a record (`1200`), or a time in seconds, which has a point or ends in `s`
  /// (`12.000345`, `3s`); nil for anything else.
  public init?(_ text: String) {
    let isTime = text.hasSuffix("s") || text.contains(".")
    let digits = text.hasSuffix("s") ? text.dropLast() : text[...]
    guard isTime else {
      guard text.first?.isNumber == true, let record = UInt64(text), record > 0 else { return nil }
      self = .record(record)
      return
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let seconds = UInt32(whole), whole.first != "+" else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard !fraction.isEmpty, fraction.utf8.count <= 9,
      fraction.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    let padded = fraction + String(repeating: "0", count: 9 - fraction.utf8.count)
    guard let nanoseconds = Int64(padded) else { return nil }
    self = .time(Int64(seconds) * 1_000_000_000 + nanoseconds)
  }
}
