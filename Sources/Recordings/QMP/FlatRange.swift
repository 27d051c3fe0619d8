/// A range of guest-physical memory as QEMU's monitor tells it (`info mtree -f`).
///
///     0000000100000000-000000017fffffff (prio 0, ram): pc.ram @0000000080000000 KVM
struct FlatRange: Equatable {
  /// First and last address.
  var start: UInt64
  var last: UInt64
  /// The name of the region that backs the range, and where in it the range begins.
  var region: String
  var offset: UInt64

  /// Ranges that are told of one machine.
  private static var limit: Int { 1 << 16 }

  /// What the processors see as memory: RAM, and ROM, which on a PC is RAM that is write-protected.
  ///
  /// Memory of assigned devices (`ramd`) and flash that answers commands (`romd`) are left out: to
  /// read them is to access a device.
  static func memory(of text: String) -> [FlatRange] {
    var found: [FlatRange] = []
    var isSystem = false
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("FlatView #") {
        if isSystem { break }
      } else if line.hasPrefix(" AS \"memory\", root: system") {
        isSystem = true
      } else if isSystem, found.count < limit, let range = FlatRange(line) {
        found.append(range)
      }
    }
    return joined(found)
  }

  /// Joins neighbours that lie one behind the other in their region too.
  private static func joined(_ found: [FlatRange]) -> [FlatRange] {
    var result: [FlatRange] = []
    for range in found {
      if let before = result.last, before.last < range.start, before.last &+ 1 == range.start,
        before.region == range.region,
        before.offset &+ (range.start &- before.start) == range.offset
      {
        result[result.count - 1].last = range.last
      } else {
        result.append(range)
      }
    }
    return result
  }

  init(start: UInt64, last: UInt64, region: String, offset: UInt64) {
    (self.start, self.last, self.region, self.offset) = (start, last, region, offset)
  }

  /// Reads one line; nil when it tells of something else.
  private init?(_ line: Substring) {
    let words = line.split(separator: " ")
    // `START-LAST`, `(prio`, `N,`, `ram):`, the region's name; `@OFFSET` and an accelerator's name.
    guard words.count >= 5, words[1] == "(prio",
      ["ram):", "rom):", "nv-ram):", "nv-rom):"].contains(words[3])
    else { return nil }
    let ends = words[0].split(separator: "-")
    guard ends.count == 2, let start = UInt64(ends[0], radix: 16),
      let last = UInt64(ends[1], radix: 16), start <= last
    else { return nil }
    var offset: UInt64 = 0
    if words.count > 5, words[5].first == "@" {
      guard let told = UInt64(words[5].dropFirst(), radix: 16) else { return nil }
      offset = told
    }
    self.init(start: start, last: last, region: String(words[4]), offset: offset)
  }
}
