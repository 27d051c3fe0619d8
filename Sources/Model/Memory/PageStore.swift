internal import Wire

/// Pages of 4 KiB that were written, and which of their bytes are known.
///
/// A page takes 4 KiB and an eighth of that, from the first byte written to it on. Pages lie in
/// the order in which they came, so that a ring that was recorded in one piece can be lent in one.
struct PageStore: Sendable {
  static var pageSize: Int { 4096 }
  private static var shift: UInt64 { 12 }
  private static var wordsPerPage: Int { pageSize / 64 }

  private let limit: Int
  /// Which slot holds the page of a number (address >> 12).
  private var slots: [UInt64: Int] = [:]
  private var bytes: [UInt8] = []
  /// A bit for each byte of `bytes`.
  private var known: [UInt64] = []

  /// Holds at most `limit` pages.
  init(limit: Int) { self.limit = limit }

  var count: Int { slots.count }

  /// Writes `source` at `address`; false, and nothing of it is written beyond, where there is no
  /// room for a page or the address space ends.
  mutating func write(_ source: RawSpan, at address: UInt64) -> Bool {
    var done = 0
    while done < source.byteCount {
      let (place, wraps) = address.addingReportingOverflow(UInt64(done))
      guard !wraps, let slot = slot(of: place >> Self.shift) else { return false }
      let inPage = Int(place & 0xfff)
      let count = min(Self.pageSize - inPage, source.byteCount - done)
      let start = slot * Self.pageSize + inPage
      bytes.overwrite(from: start, with: source.extracting(done..<done + count))
      mark(start..<start + count, isKnown: true)
      done += count
    }
    return true
  }

  /// Makes the bytes from `first` to `last` unknown, where they were known.
  mutating func forget(_ range: ClosedRange<UInt64>) {
    let (first, last) = (range.lowerBound >> Self.shift, range.upperBound >> Self.shift)
    // A hostile length spans more pages than there are.
    if last - first >= UInt64(slots.count) {
      for (page, slot) in slots where first <= page && page <= last {
        forget(range, page: page, slot: slot)
      }
    } else {
      for page in first...last {
        if let slot = slots[page] { forget(range, page: page, slot: slot) }
      }
    }
  }

  private mutating func forget(_ range: ClosedRange<UInt64>, page: UInt64, slot: Int) {
    let start = page << Self.shift
    let from = Int(max(range.lowerBound, start) & 0xfff)
    let to = range.upperBound >> Self.shift == page ? Int(range.upperBound & 0xfff) : 0xfff
    mark(slot * Self.pageSize + from..<slot * Self.pageSize + to + 1, isKnown: false)
  }

  /// Throws out every page that holds no byte of `ranges`.
  mutating func keep(only ranges: [ClosedRange<UInt64>]) {
    var kept = PageStore(limit: limit)
    let (old, oldKnown) = (bytes, known)
    for range in ranges {
      var page = range.lowerBound >> Self.shift
      while page <= range.upperBound >> Self.shift {
        if let from = slots[page], kept.slots[page] == nil, let slot = kept.slot(of: page) {
          let start = from * Self.pageSize
          kept.bytes.overwrite(
            from: slot * Self.pageSize,
            with: old.span.raw.extracting(start..<start + Self.pageSize))
          for word in 0..<Self.wordsPerPage {
            kept.known[slot * Self.wordsPerPage + word] =
              oldKnown[from * Self.wordsPerPage + word]
          }
        }
        page += 1
      }
    }
    self = kept
  }

  /// The slot of `page`, made if there is room.
  private mutating func slot(of page: UInt64) -> Int? {
    if let slot = slots[page] { return slot }
    guard slots.count < limit else { return nil }
    let slot = slots.count
    slots[page] = slot
    bytes.append(contentsOf: repeatElement(0, count: Self.pageSize))
    known.append(contentsOf: repeatElement(0, count: Self.wordsPerPage))
    return slot
  }

  private mutating func mark(_ range: Range<Int>, isKnown: Bool) {
    var index = range.lowerBound
    while index < range.upperBound {
      let bit = index & 63
      let count = min(64 - bit, range.upperBound - index)
      let mask = (count == 64 ? UInt64.max : (1 << UInt64(count)) - 1) << UInt64(bit)
      if isKnown { known[index >> 6] |= mask } else { known[index >> 6] &= ~mask }
      index += count
    }
  }

  /// How many bytes from `index` of `bytes` on, up to `end`, are known (or are not).
  private func run(from index: Int, to end: Int, known wanted: Bool) -> Int {
    var place = index
    while place < end {
      let word = wanted ? known[place >> 6] : ~known[place >> 6]
      let ones = (~(word >> UInt64(place & 63))).trailingZeroBitCount
      let count = min(ones, 64 - (place & 63))
      place += count
      if place & 63 != 0 || count == 0 { break }
    }
    return min(place, end) - index
  }

  /// The known bytes from `address` on, at most `count`; nil when the first is not known.
  @_lifetime(borrow self)
  borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    guard count > 0, let slot = slots[address >> Self.shift] else { return nil }
    let start = slot * Self.pageSize + Int(address & 0xfff)
    var slotEnd = (slot + 1) * Self.pageSize
    // Most ask for few bytes, and the run of known ones may be long.
    let wanted = count < slotEnd &- start ? start &+ count : slotEnd
    var length = run(from: start, to: wanted, known: true)
    guard length > 0 else { return nil }
    // The next page of memory may lie in the next slot.
    var page = address >> Self.shift
    while start + length == slotEnd, length < count, page < .max >> Self.shift,
      let next = slots[page + 1], next * Self.pageSize == slotEnd
    {
      page += 1
      slotEnd += Self.pageSize
      length += run(from: slotEnd - Self.pageSize, to: slotEnd, known: true)
    }
    return bytes.rawBytes.extracting(start..<start + min(length, count))
  }

  /// How many bytes from `address` on, at most `count`, are not known.
  func unknown(from address: UInt64, count: Int) -> Int {
    var total = 0
    while total < count {
      let (place, wraps) = address.addingReportingOverflow(UInt64(total))
      guard !wraps else { break }
      let inPage = Int(place & 0xfff)
      guard let slot = slots[place >> Self.shift] else {
        total += Self.pageSize - inPage
        continue
      }
      let start = slot * Self.pageSize
      let run = run(from: start + inPage, to: start + Self.pageSize, known: false)
      total += run
      guard run == Self.pageSize - inPage else { break }
    }
    return min(total, count)
  }
}
