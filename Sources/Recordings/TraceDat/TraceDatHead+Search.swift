internal import Model
internal import Wire

/// What is done when the options of a version 7 file do not tell where its events lie: the sections
/// stand one after the other, and so do the events of the CPUs in theirs.
extension TraceDatHead {
  /// More CPUs than this are not looked for.
  private static var regionLimit: Int { 4096 }
  /// And no more buffers.
  private static var bufferLimit: Int { 64 }

  /// Walks over the sections, fills in those that `directory` lacks, and returns where the
  /// sections with events lie, their headers included.
  mutating func findSections(_ file: RawSpan, into directory: inout Directory) -> [Range<Int>] {
    var buffers: [Range<Int>] = []
    var place = contents.header.byteCount
    while file.byteCount - place > TraceDatSection.byteCount {
      var reader = ByteReader(file.extracting(droppingFirst: place), offset: place)
      guard let section = try? TraceDatSection(&reader, bigEndian: isBig) else { break }
      let room = file.byteCount - reader.offset
      // The size of a section that was never ended is 0, and the rest of the file belongs to it.
      let isOpen = section.id == TraceDatOption.buffer && section.size == 0
      let size = isOpen ? room : min(Int(clamping: section.size), room)
      switch section.id {
      case TraceDatOption.buffer:
        if buffers.count < Self.bufferLimit { buffers.append(place..<reader.offset + size) }
      case TraceDatOption.headerInfo, TraceDatOption.ftraceEvents, TraceDatOption.eventFormats,
        TraceDatOption.commandLines:
        if directory.sections[section.id] == nil { directory.sections[section.id] = UInt64(place) }
      case 0...64: break
      default:
        summary.note("expected a section, found the number \(section.id)", at: UInt64(place))
        return buffers
      }
      place = reader.offset + size
    }
    return buffers
  }

  /// Adds a buffer of what events there are in the section that takes up `range`.
  mutating func findRegions(in range: Range<Int>, _ file: RawSpan) {
    var reader = ByteReader(file.extracting(range), offset: range.lowerBound)
    guard let section = try? TraceDatSection(&reader, bigEndian: isBig) else { return }
    var buffer = TraceDatContents.Buffer(name: "", pageSize: contents.header.pageSize)
    buffer.isCompressed = section.isCompressed
    let starts =
      section.isCompressed
      ? chunkStarts(in: reader.offset..<range.upperBound, file)
      : pageStarts(in: reader.offset..<range.upperBound, file)
    // Pages do not say of which CPU they are.
    let unknown = UInt32(Access.noCPU)
    for (cpu, bounds) in zip(starts, starts.dropFirst() + [range.upperBound]).enumerated() {
      buffer.regions.append(
        .init(
          cpu: section.isCompressed ? UInt32(cpu) : unknown, offset: UInt64(bounds.0),
          size: UInt64(bounds.1 - bounds.0)))
    }
    guard !buffer.regions.isEmpty else { return }
    contents.buffers.append(buffer)
    contents.remarks.append(
      "the options that say where the events of each CPU lie are missing: they were looked for")
  }

  /// Where the compressed events of each CPU begin: at a page of the file, with the number of
  /// their chunks.
  private func chunkStarts(in range: Range<Int>, _ file: RawSpan) -> [Int] {
    var starts: [Int] = []
    var place = aligned(range.lowerBound)
    while range.upperBound - place >= 4, starts.count < Self.regionLimit {
      starts.append(place)
      var left = file.integer(UInt32.self, at: place, bigEndian: isBig)
      place += 4
      while left > 0, range.upperBound - place >= 8 {
        let packed = Int(file.integer(UInt32.self, at: place, bigEndian: isBig))
        place += 8 + min(packed, range.upperBound - place - 8)
        left -= 1
      }
      place = aligned(place)
    }
    return starts
  }

  /// Where the pages of each CPU begin: its last page is rarely full, and the times of its pages
  /// rise, so that one that falls is of the next.
  ///
  /// Pages of one CPU that are taken for two's are merged in order all the same.
  private func pageStarts(in range: Range<Int>, _ file: RawSpan) -> [Int] {
    var starts: [Int] = []
    var last: UInt64 = 0
    var wasFull = true
    let size = contents.header.pageSize
    for place in stride(from: aligned(range.lowerBound), to: range.upperBound, by: size) {
      let bytes = file.extracting(place..<min(place + size, range.upperBound))
      guard let page = RingPage(bytes, layout: contents.page, bigEndian: isBig) else { break }
      // A page that was never filled has no time.
      if page.timestamp == 0, page.commit == 0 { continue }
      let isNext = !wasFull || page.timestamp < last
      if starts.isEmpty || (isNext && starts.count < Self.regionLimit) { starts.append(place) }
      last = page.timestamp
      wasFull = page.commit > size / 4 * 3
    }
    return starts
  }

  /// The next place where a page may begin.
  private func aligned(_ place: Int) -> Int {
    let mask = contents.header.pageSize - 1
    return (place + mask) & ~mask
  }
}
