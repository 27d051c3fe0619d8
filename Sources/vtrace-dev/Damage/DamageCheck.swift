import Model
import Recordings
import TraceKit

/// What the reading of a damaged recording must have in common with that of the whole one.
struct DamageCheck {
  let whole: WholeReading
  private let bytes: [UInt8]
  private let kind: Kind
  /// Offsets of the line ends, of a text.
  private let lineEnds: [Int]

  private enum Kind {
    /// Accesses in the order of the file, each as soon as its record was read.
    case blocks
    /// Lines in order; an access may take in the line that follows it.
    case log
    /// Lines in order; reads under way come out at the end.
    case events
    /// Events of several CPUs, merged by time.
    case merged
    /// Nothing is known of where in the file an access comes from.
    case compressed
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    whole = WholeReading(bytes, listing: true)
    let summary = whole.summary
    if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) || bytes.starts(with: [0x1f, 0x8b]) {
      kind = .compressed
    } else if summary?.format == "trace.dat" {
      kind = .merged
    } else if summary?.placesAreLines == true {
      kind = summary?.format == "qemu-log" ? .log : .events
    } else {
      kind = .blocks
    }
    lineEnds = summary?.placesAreLines == true ? bytes.indices.filter { bytes[$0] == 0x0a } : []
  }

  /// What is wrong with the reading of the first `place` bytes, nil when nothing is.
  func judge(cut reading: WholeReading, at place: Int) -> String? {
    if let fault = messageFault(reading) { return "cut at \(place): \(fault)" }
    if kind == .merged {
      return mergedFault(reading, before: place).map { "cut at \(place): \($0)" }
    }
    let agreed = reading.prints.agreement(with: whole.prints)
    let needed = complete(before: place)
    if kind != .compressed, agreed < needed {
      return "cut at \(place): \(agreed) of \(needed) accesses before it are the same"
    }
    let extra = reading.prints.prints.dropFirst(agreed)
    // What waits for a line that is not there goes out as it is.
    let allowed = kind == .log || kind == .compressed ? 1 : 0
    let invented = extra.count { $0.hasData }
    if invented > allowed { return "cut at \(place): \(invented) accesses are invented" }
    return nil
  }

  /// What is wrong with a reading of bytes that were changed from `place` on.
  func judge(changed reading: WholeReading, at place: Int) -> String? {
    if let fault = messageFault(reading) { return "change at \(place): \(fault)" }
    guard kind != .compressed, kind != .merged else { return nil }
    let agreed = reading.prints.agreement(with: whole.prints)
    let needed = complete(before: place)
    guard agreed < needed else { return nil }
    return "change at \(place): \(agreed) of \(needed) accesses before it are the same"
  }

  /// How many of the first accesses come from records that end before `place`.
  private func complete(before place: Int) -> Int {
    let prints = whole.prints.prints
    switch kind {
    case .blocks:
      // A block ends where the next one that gives an access begins, or before.
      let following = prints.firstIndex { $0.location >= UInt64(place) } ?? prints.count
      if place == bytes.count { return prints.count }
      return max(following - 1, 0)
    case .log, .events:
      let lines = UInt64(lineEnds.partitioningIndex { $0 >= place })
      // The last line of a log may wait for the one that follows.
      let limit = kind == .log ? (lines > 0 ? lines - 1 : 0) : lines
      return prints.firstIndex { $0.location > limit } ?? prints.count
    case .merged, .compressed: return 0
    }
  }

  /// Whether accesses with data that lie before `place` are missing.
  private func mergedFault(_ reading: WholeReading, before place: Int) -> String? {
    var found: [UInt64: Int] = [:]
    for print in reading.prints.prints where print.hasData { found[print.data, default: 0] += 1 }
    let places = Set(whole.prints.prints.map(\.location)).sorted()
    // An event ends before the next one; the last one that begins before the cut may be cut.
    let following = places.partitioningIndex { $0 >= UInt64(place) }
    guard following > 0 else { return nil }
    let last = place == bytes.count ? UInt64.max : places[following - 1]
    var missing = 0
    for print in whole.prints.prints where print.hasData && print.location < last {
      if let count = found[print.data], count > 0 {
        found[print.data] = count - 1
      } else {
        missing += 1
      }
    }
    return missing > 0 ? "\(missing) accesses before it are missing" : nil
  }

  /// Whether what is told of the damage makes sense.
  private func messageFault(_ reading: WholeReading) -> String? {
    if let error = reading.error {
      return error.description.count > error.path.count + 3 ? nil : "no message"
    }
    guard let summary = reading.summary else { return "neither an error nor a summary" }
    if summary.problems.contains(where: { $0.text.isEmpty }) { return "an empty message" }
    let limit = UInt64(max(bytes.count, whole.bytesRead))
    if kind != .compressed, summary.problems.contains(where: { $0.place > limit }) {
      return "damage is told beyond the end"
    }
    return nil
  }
}

extension WholeReading {
  /// Bytes that were read.
  var bytesRead: Int { Int(clamping: summary?.bytes ?? 0) }
}

extension Array {
  /// The index of the first element that fulfils `predicate`, in an array that is sorted by it.
  fileprivate func partitioningIndex(_ predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
