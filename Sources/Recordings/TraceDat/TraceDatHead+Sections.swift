internal import Model
internal import Wire

extension TraceDatHead {
  /// A section that is decompressed whole is no longer than this: the formats of all events of a
  /// kernel take about 8 MiB.
  private static var sectionLimit: UInt32 { 32 << 20 }
  /// Sections of options follow one another; a damaged file may make a circle of them.
  private static var optionSectionLimit: Int { 1024 }

  /// What the options of a version 7 file point to.
  struct Directory {
    var sections: [UInt16: UInt64] = [:]
    var next: UInt64 = 0
  }

  /// Reads a file of version 7, in which options point to sections.
  mutating func readSections(_ file: RawSpan) throws(DecodeError) {
    var directory = Directory()
    directory.next = contents.header.optionsOffset
    var count = 0
    do {
      while directory.next != 0, count < Self.optionSectionLimit {
        let offset = directory.next
        directory.next = 0
        try withSection(offset, id: 0, in: file) { head, reader throws(DecodeError) in
          try head.readOptions(&reader, into: &directory, file: file)
        }
        count += 1
      }
    } catch {
      // The sections that are known already may still be whole.
      note(error)
    }
    var buffers: [Range<Int>] = []
    // A file that was cut lacks its last options, which tell where the events lie.
    if contents.buffers.isEmpty { buffers = findSections(file, into: &directory) }
    readKnownSections(directory, file)
    for range in buffers { findRegions(in: range, file) }
  }

  private mutating func readKnownSections(_ directory: Directory, _ file: RawSpan) {
    readSection(TraceDatOption.headerInfo, of: directory, file) {
      head, reader throws(DecodeError) in try head.readHeaderInfo(&reader)
    }
    readSection(TraceDatOption.ftraceEvents, of: directory, file) {
      head, reader throws(DecodeError) in try head.readFtraceEvents(&reader)
    }
    readSection(TraceDatOption.eventFormats, of: directory, file) {
      head, reader throws(DecodeError) in try head.readEventSystems(&reader)
    }
    readSection(TraceDatOption.commandLines, of: directory, file) {
      head, reader throws(DecodeError) in try head.readCommands(&reader)
    }
  }

  private mutating func readSection(
    _ id: UInt16, of directory: Directory, _ file: RawSpan,
    body: (inout TraceDatHead, inout ByteReader) throws(DecodeError) -> Void
  ) {
    guard let offset = directory.sections[id] else { return }
    do {
      try withSection(offset, id: id, in: file, body: body)
    } catch {
      note(error)
    }
  }

  /// Calls `body` with the content of the section at `offset`, decompressed where it is not plain.
  private mutating func withSection(
    _ offset: UInt64, id: UInt16, in file: RawSpan,
    body: (inout TraceDatHead, inout ByteReader) throws(DecodeError) -> Void
  ) throws(DecodeError) {
    guard let place = Int(exactly: offset), place <= file.byteCount else {
      throw DecodeError(
        .badLength(field: "offset of section \(id)", found: offset), at: file.byteCount,
        in: "trace.dat head")
    }
    var reader = ByteReader(
      file.extracting(droppingFirst: place), offset: place, layer: "trace.dat section")
    let section = try TraceDatSection(&reader, bigEndian: isBig)
    guard section.id == id else {
      throw DecodeError(
        .unexpected(field: "section", expected: "\(id)", found: "\(section.id)"), at: place,
        in: "trace.dat section")
    }
    guard section.isCompressed else {
      // The size is not relied on: options say where they end, as do all other sections.
      try body(&self, &reader)
      return
    }
    let bytes = try decompress(&reader)
    var inner = ByteReader(bytes.rawBytes, offset: place, layer: "trace.dat section")
    sectionPlace = place
    defer { sectionPlace = nil }
    do {
      try body(&self, &inner)
    } catch {
      // A place in what was decompressed is none in the file.
      throw DecodeError(error.reason, at: place, in: error.layer)
    }
  }

  private func decompress(_ reader: inout ByteReader) throws(DecodeError) -> [UInt8] {
    let place = reader.offset
    let packed: UInt32 = try reader.integer(bigEndian: isBig)
    let count: UInt32 = try reader.integer(bigEndian: isBig)
    guard count <= Self.sectionLimit else {
      throw DecodeError(
        .badLength(field: "uncompressed size", found: UInt64(count)), at: place,
        in: "trace.dat section")
    }
    guard let method = ChunkDecompressor.Method(rawValue: contents.header.compression) else {
      throw DecodeError(
        .unsupported("compression \"\(contents.header.compression)\""), at: place,
        in: "trace.dat section")
    }
    let source = try reader.take(Int(packed))
    var bytes: [UInt8] = []
    guard ChunkDecompressor(method).decompress(source, into: &bytes, count: Int(count)) else {
      throw DecodeError(
        .unexpected(
          field: "compressed data", expected: "\(count) bytes of \(method.rawValue)",
          found: "damaged data"), at: place, in: "trace.dat section")
    }
    return bytes
  }

  private mutating func readOptions(
    _ reader: inout ByteReader, into directory: inout Directory, file: RawSpan
  ) throws(DecodeError) {
    while true {
      let id: UInt16 = try reader.integer(bigEndian: isBig)
      let size: UInt32 = try reader.integer(bigEndian: isBig)
      let place = reader.offset
      let data = try reader.take(Int(size))
      switch id {
      case TraceDatOption.done:
        if data.byteCount >= 8 { directory.next = data.integer(at: 0, bigEndian: isBig) }
        return
      case TraceDatOption.headerInfo, TraceDatOption.ftraceEvents, TraceDatOption.eventFormats,
        TraceDatOption.commandLines:
        if data.byteCount >= 8 {
          directory.sections[id] = data.integer(UInt64.self, at: 0, bigEndian: isBig)
        }
      case TraceDatOption.buffer:
        do {
          try readBuffer(data, at: place, file: file)
        } catch {
          note(error)
        }
      case TraceDatOption.bufferText: noteText(at: place)
      default: takeOption(id, data)
      }
    }
  }

  /// A buffer: where its section is, its clock, and where each CPU's events lie.
  private mutating func readBuffer(
    _ data: RawSpan, at place: Int, file: RawSpan
  ) throws(DecodeError) {
    var reader = ByteReader(data, offset: place, layer: "trace.dat buffer option")
    let offset: UInt64 = try reader.integer(bigEndian: isBig)
    let name = try reader.takeUntilZero().shortText
    let clock = try reader.takeUntilZero().shortText
    if contents.clock.name.isEmpty { contents.clock.name = clock }
    let pageSize: UInt32 = try reader.integer(bigEndian: isBig)
    guard RingPageLayout.isPageSize(UInt64(pageSize)) else {
      throw DecodeError(
        .badLength(field: "page size", found: UInt64(pageSize)), at: reader.offset - 4,
        in: "trace.dat buffer option")
    }
    var buffer = TraceDatContents.Buffer(name: name, pageSize: Int(pageSize))
    var cpus: UInt32 = try reader.integer(bigEndian: isBig)
    if let start = Int(exactly: offset), start <= file.byteCount {
      var section = ByteReader(
        file.extracting(droppingFirst: start), offset: start, layer: "trace.dat buffer")
      buffer.isCompressed = try TraceDatSection(&section, bigEndian: isBig).isCompressed
    }
    while cpus > 0, reader.remaining >= 20 {
      let cpu: UInt32 = try reader.integer(bigEndian: isBig)
      let offset: UInt64 = try reader.integer(bigEndian: isBig)
      let size: UInt64 = try reader.integer(bigEndian: isBig)
      buffer.regions.append(.init(cpu: cpu, offset: offset, size: size))
      cpus -= 1
    }
    contents.buffers.append(buffer)
    if cpus > 0 {
      throw DecodeError(
        .truncated(needed: 20, available: reader.remaining), at: reader.offset,
        in: "trace.dat buffer option")
    }
  }
}
