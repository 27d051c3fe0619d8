internal import Model
internal import Wire

/// Reads everything of a `trace.dat` file that is not events.
///
/// What is damaged is noted in `summary`, and what was read before it stays in `contents`.
struct TraceDatHead {
  var contents: TraceDatContents
  var summary: InputSummary
  /// Where a section that was decompressed lies in the file: places in it are none.
  var sectionPlace: Int?

  var isBig: Bool { contents.header.isBigEndian }

  /// Reads the head of `file`, whose header is `header`.
  mutating func read(_ file: RawSpan) {
    do {
      if contents.header.version >= 7 {
        try readSections(file)
      } else {
        try readVersion6(file)
      }
    } catch {
      note(error)
    }
    describeClock()
  }

  /// Notes damage of the head.
  mutating func note(_ error: DecodeError) {
    summary.note("\(error)", at: place(error.offset))
    if case .truncated = error.reason { summary.truncated = true }
  }

  /// The place in the file of what lies at `offset` of the bytes being read.
  private func place(_ offset: Int) -> UInt64 { UInt64(max(sectionPlace ?? offset, 0)) }

  /// `header_page` and `header_event`, each a name, a size and the kernel's text.
  mutating func readHeaderInfo(_ reader: inout ByteReader) throws(DecodeError) {
    let page = try named("header_page", &reader)
    if let layout = RingPageLayout(page) {
      contents.page = layout
    } else {
      summary.note(
        "header_page: expected timestamp, commit and data, found \"\(page.shortText)\"",
        at: place(reader.offset - page.byteCount))
    }
    let event = try named("header_event", &reader)
    if let layout = RingEventLayout(event) {
      contents.event = layout
    } else {
      summary.note(
        "header_event: expected type_len and time_delta, found \"\(event.shortText)\"",
        at: place(reader.offset - event.byteCount))
    }
  }

  @_lifetime(copy reader)
  private func named(
    _ name: String, _ reader: inout ByteReader
  ) throws(DecodeError) -> RawSpan {
    let place = reader.offset
    let found = try reader.takeUntilZero()
    guard found.byteCount == name.utf8.count, found.starts(with: Array(name.utf8)) else {
      throw DecodeError(
        .unexpected(field: "name", expected: name, found: "\"\(found.shortText)\""),
        at: place, in: "trace.dat header info")
    }
    let size: UInt64 = try reader.integer(bigEndian: isBig)
    return try take(size, &reader)
  }

  /// The next `size` bytes, where the file states `size`.
  @_lifetime(copy reader)
  func take(_ size: UInt64, _ reader: inout ByteReader) throws(DecodeError) -> RawSpan {
    guard let count = Int(exactly: size) else {
      throw DecodeError(
        .badLength(field: "size", found: size), at: reader.offset, in: "trace.dat head")
    }
    return try reader.take(count)
  }

  /// The formats of ftrace's own events.
  mutating func readFtraceEvents(_ reader: inout ByteReader) throws(DecodeError) {
    let count: UInt32 = try reader.integer(bigEndian: isBig)
    try readFormats(count, system: "ftrace", &reader)
  }

  /// The formats of all other events, directory by directory.
  mutating func readEventSystems(_ reader: inout ByteReader) throws(DecodeError) {
    var systems: UInt32 = try reader.integer(bigEndian: isBig)
    while systems > 0 {
      let name = try reader.takeUntilZero().shortText
      let count: UInt32 = try reader.integer(bigEndian: isBig)
      try readFormats(count, system: name, &reader)
      systems -= 1
    }
  }

  private mutating func readFormats(
    _ count: UInt32, system: String, _ reader: inout ByteReader
  ) throws(DecodeError) {
    var left = count
    while left > 0 {
      let size: UInt64 = try reader.integer(bigEndian: isBig)
      let place = reader.offset
      let text = try take(size, &reader)
      if let fault = contents.table.add(text, system: system) {
        summary.note(fault, at: self.place(place))
      }
      left -= 1
    }
  }

  /// Threads and their commands, one a line: `5406 qemu-system-x86`.
  mutating func readCommands(_ reader: inout ByteReader) throws(DecodeError) {
    let size: UInt64 = try reader.integer(bigEndian: isBig)
    let text = try take(size, &reader).text
    for line in text.split(separator: "\n").prefix(65_536) {
      guard let space = line.firstIndex(of: " "), let thread = Int32(line[..<space]) else {
        continue
      }
      contents.commands[thread] = String(line[line.index(after: space)...].prefix(32))
    }
  }

  private mutating func describeClock() {
    guard !contents.clock.countsNanoseconds else { return }
    contents.remarks.append(
      "the trace clock \(contents.clock.name) does not count nanoseconds: times are its counts")
  }
}
