extension TraceDatWriter {
  /// Rounds up to a whole page, where events begin.
  private func aligned(_ offset: Int) -> Int {
    (offset + shape.pageSize - 1) / shape.pageSize * shape.pageSize
  }

  /// A file of version 6: everything in a fixed order, then the pages.
  func version6(_ data: [[[UInt8]]]) -> [UInt8] {
    let cpus = shape.cpus
    var head = start + headerInfo + number(0, 4) + eventFormats
    head += number(0, 4) + number(0, 4) + commands + number(cpus, 4)
    // Options name the place of each further buffer, so their size is needed first.
    let names = shape.buffers.dropFirst()
    let optionBytes =
      shape.options.reduce(0) { $0 + 6 + $1.data.count } + 6 + clockText.count
      + names.reduce(0) { $0 + 6 + 8 + $1.utf8.count + 1 } + 2
    let tables = head.count + 10 + optionBytes
    let topTable = 10 + cpus * 16 + 8 + clockText.count
    let table = 10 + cpus * 16
    var offset = aligned(tables + topTable + names.count * table)
    var places: [[Int]] = []
    for buffer in data {
      var row: [Int] = []
      for cpu in buffer {
        row.append(offset)
        offset += cpu.count
      }
      places.append(row)
    }
    head += Array("options  \0".utf8)
    for (index, name) in names.enumerated() {
      head += option(
        3, number(tables + topTable + index * table, 8) + Array("\(name)\0".utf8))
    }
    for extra in shape.options { head += option(extra.id, extra.data) }
    head += option(4, clockText) + number(0, 2)
    for index in data.indices {
      head += Array("flyrecord\0".utf8)
      for cpu in 0..<cpus {
        head += number(places[index][cpu], 8) + number(data[index][cpu].count, 8)
      }
      if index == 0 { head += number(clockText.count, 8) + clockText }
    }
    head += [UInt8](repeating: 0, count: aligned(head.count) - head.count)
    head.reserveCapacity(offset)
    for buffer in data {
      for cpu in buffer { head += cpu }
    }
    return head
  }

  /// A file of version 7: sections, and options that point to them.
  func sections(_ data: [[[UInt8]]]) -> [UInt8] {
    var file = start + Array("\(shape.compression)\0".utf8)
    if shape.compression != "none" { file += Array("1".utf8) }
    file += [0]
    let pointer = file.count
    file += number(0, 8)
    var options: [UInt8] = []
    for (id, content) in [
      (16, headerInfo), (17, number(0, 4)), (18, eventFormats), (19, number(0, 4)),
      (20, number(0, 4)), (21, commands),
    ] {
      options += option(UInt16(id), number(file.count, 8))
      file += section(id, content)
    }
    options += option(4, clockText)
    for extra in shape.options { options += option(extra.id, extra.data) }
    for (index, buffer) in data.enumerated() {
      options += option(3, append(buffer, name: shape.buffers[index], to: &file))
    }
    options += option(0, number(0, 8))
    file.replaceSubrange(pointer..<pointer + 8, with: number(file.count, 8))
    return file + sectionHeader(0, flags: 0, size: options.count) + options
  }

  private func sectionHeader(_ id: Int, flags: Int, size: Int) -> [UInt8] {
    number(id, 2) + number(flags, 2) + number(0, 4) + number(size, 8)
  }

  private func section(_ id: Int, _ content: [UInt8]) -> [UInt8] {
    guard let pack = shape.pack else {
      return sectionHeader(id, flags: 0, size: content.count) + content
    }
    let packed = pack(content)
    return sectionHeader(id, flags: 1, size: packed.count + 8) + number(packed.count, 4)
      + number(content.count, 4) + packed
  }

  /// Appends a buffer's section to `file`; returns the data of the option that describes it.
  private func append(_ buffer: [[UInt8]], name: String, to file: inout [UInt8]) -> [UInt8] {
    var description = number(file.count, 8) + Array("\(name)\0\(shape.clock)\0".utf8)
    description += number(shape.pageSize, 4) + number(buffer.count, 4)
    let total = buffer.reduce(0) { $0 + $1.count }
    file += sectionHeader(3, flags: shape.pack == nil ? 0 : 1, size: total)
    file += [UInt8](repeating: 0, count: aligned(file.count) - file.count)
    for (cpu, pages) in buffer.enumerated() {
      let content = pages.isEmpty ? [] : packed(pages)
      description += number(cpu, 4) + number(pages.isEmpty ? 0 : file.count, 8)
      // As trace-cmd has it: the number of chunks is not counted.
      description += number(shape.pack == nil ? content.count : max(content.count - 4, 0), 8)
      file += content
      file += [UInt8](repeating: 0, count: aligned(file.count) - file.count)
    }
    return description
  }

  /// Pages in chunks of ten, each packed by itself.
  private func packed(_ pages: [UInt8]) -> [UInt8] {
    guard let pack = shape.pack else { return pages }
    var chunks: [UInt8] = []
    var count = 0
    var start = 0
    while start < pages.count {
      let end = min(start + 10 * shape.pageSize, pages.count)
      let chunk = pack(Array(pages[start..<end]))
      chunks += number(chunk.count, 4) + number(end - start, 4) + chunk
      count += 1
      start = end
    }
    return number(count, 4) + chunks
  }
}
