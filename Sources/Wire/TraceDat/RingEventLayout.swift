/// How an event in a page begins: `events/header_event`, which the file holds.
///
///     | type_len : 5 bits | time_delta : 27 bits | array : 32 bits, where there is one
///
/// The first word is two bit fields of C: the first one has the least significant bits on a
/// little-endian machine and the most significant ones on a big-endian machine.
public struct RingEventLayout: Sendable, Equatable, BitwiseCopyable {
  /// Bits of `type_len`.
  public var typeBits: UInt32 = 5
  /// `type_len` of unused room, whose length stands in `array`.
  public var padding: UInt32 = 29
  /// `type_len` of a delta too long for its bits: `array` has the rest.
  public var timeExtend: UInt32 = 30
  /// `type_len` of an absolute time.
  public var timeStamp: UInt32 = 31

  /// The layout of every kernel since 2.6.31.
  public init() {}

  /// Reads `header_event`; nil when it does not describe such an event.
  public init?(_ text: RawSpan) {
    guard let bits = text.value(of: "type_len", separator: ":"), 4...8 ~= bits,
      text.value(of: "time_delta", separator: ":") == 32 - bits
    else { return nil }
    typeBits = UInt32(bits)
    let limit = 1 << bits
    // Kernels before 4.17 do not list what they do not have.
    guard let pad = text.value(of: "padding", separator: "=="), pad < limit,
      let extend = text.value(of: "time_extend", separator: "=="), extend < limit
    else { return nil }
    let stamp = text.value(of: "time_stamp", separator: "==") ?? limit - 1
    guard stamp < limit else { return nil }
    padding = UInt32(pad)
    timeExtend = UInt32(extend)
    timeStamp = UInt32(stamp)
  }
}

extension RawSpan {
  /// The number behind `separator` on the line that begins with `word`, white space aside.
  fileprivate func value(of word: StaticString, separator: StaticString) -> Int? {
    var start = 0
    while start < byteCount {
      let end = find(UInt8(ascii: "\n"), from: start)
      var from = start
      while from < end, [0x20, 0x09].contains(byte(at: from)) { from += 1 }
      let line = extracting(from..<end)
      if line.starts(with: word.bytes) { return line.number(after: separator) }
      start = end + 1
    }
    return nil
  }
}
