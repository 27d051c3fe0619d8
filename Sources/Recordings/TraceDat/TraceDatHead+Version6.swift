internal import Model
internal import Wire

extension TraceDatHead {
  /// Reads a file of version 6, in which everything stands in a fixed order.
  mutating func readVersion6(_ file: RawSpan) throws(DecodeError) {
    var reader = ByteReader(
      file.extracting(droppingFirst: contents.header.byteCount),
      offset: contents.header.byteCount, layer: "trace.dat head")
    try readHeaderInfo(&reader)
    try readFtraceEvents(&reader)
    try readEventSystems(&reader)
    let symbols: UInt32 = try reader.integer(bigEndian: isBig)
    try reader.skip(Int(symbols))
    let formats: UInt32 = try reader.integer(bigEndian: isBig)
    try reader.skip(Int(formats))
    try readCommands(&reader)
    let cpus: UInt32 = try reader.integer(bigEndian: isBig)
    var instances: [(name: String, offset: UInt64)] = []
    guard try readBody(&reader, instances: &instances) else { return }
    try readRegions(&reader, name: "", cpus: contents.cpuCount ?? Int(cpus))
    for instance in instances {
      try readInstance(instance, in: file, cpus: contents.cpuCount ?? Int(cpus))
    }
  }

  /// Reads up to the offsets of the CPUs; false when the file holds text instead of events.
  private mutating func readBody(
    _ reader: inout ByteReader, instances: inout [(name: String, offset: UInt64)]
  ) throws(DecodeError) -> Bool {
    while true {
      let place = reader.offset
      let tag = try reader.take(10)
      if tag.starts(with: Array("options  \0".utf8)) {
        try readOptions(&reader, instances: &instances)
      } else if tag.starts(with: Array("flyrecord\0".utf8)) {
        return true
      } else if tag.starts(with: Array("latency  \0".utf8)) {
        noteText(at: place)
        return false
      } else {
        throw DecodeError(
          .unexpected(
            field: "kind of data", expected: "options, latency or flyrecord",
            found: "\"\(tag.shortText)\""), at: place, in: "trace.dat head")
      }
    }
  }

  /// Notes that a buffer holds text, which a latency tracer writes.
  mutating func noteText(at place: Int) {
    summary.note(
      "a latency tracer's text instead of events is not supported: analyze the output of "
        + "trace-cmd report", at: UInt64(place))
  }

  private mutating func readOptions(
    _ reader: inout ByteReader, instances: inout [(name: String, offset: UInt64)]
  ) throws(DecodeError) {
    while true {
      let id: UInt16 = try reader.integer(bigEndian: isBig)
      guard id != TraceDatOption.done else { return }
      let size: UInt32 = try reader.integer(bigEndian: isBig)
      let place = reader.offset
      let data = try reader.take(Int(size))
      if id == TraceDatOption.buffer {
        var option = ByteReader(data, offset: place, layer: "trace.dat buffer option")
        let offset: UInt64 = try option.integer(bigEndian: isBig)
        instances.append((try option.takeUntilZero().shortText, offset))
      } else {
        takeOption(id, data)
      }
    }
  }

  /// Reads the offsets and sizes of each CPU's events.
  private mutating func readRegions(
    _ reader: inout ByteReader, name: String, cpus: Int
  ) throws(DecodeError) {
    guard cpus <= reader.remaining / 16 else {
      throw DecodeError(
        .badLength(field: "number of CPUs", found: UInt64(cpus)), at: reader.offset,
        in: "trace.dat head")
    }
    var buffer = TraceDatContents.Buffer(name: name, pageSize: contents.header.pageSize)
    for cpu in 0..<cpus {
      let offset: UInt64 = try reader.integer(bigEndian: isBig)
      let size: UInt64 = try reader.integer(bigEndian: isBig)
      buffer.regions.append(.init(cpu: UInt32(truncatingIfNeeded: cpu), offset: offset, size: size))
    }
    contents.buffers.append(buffer)
  }

  /// Reads where the events of a further trace instance lie.
  private mutating func readInstance(
    _ instance: (name: String, offset: UInt64), in file: RawSpan, cpus: Int
  ) throws(DecodeError) {
    guard let offset = Int(exactly: instance.offset), offset <= file.byteCount else {
      throw DecodeError(
        .badLength(field: "offset of buffer \"\(instance.name)\"", found: instance.offset),
        at: file.byteCount, in: "trace.dat head")
    }
    var reader = ByteReader(
      file.extracting(droppingFirst: offset), offset: offset, layer: "trace.dat buffer")
    var ignored: [(name: String, offset: UInt64)] = []
    guard try readBody(&reader, instances: &ignored) else { return }
    try readRegions(&reader, name: instance.name, cpus: cpus)
  }
}
