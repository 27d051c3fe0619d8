internal import Model
internal import Wire

/// Appends pcapng blocks, little-endian, to a buffer.
enum PcapngBlockWriter {
  static func sectionHeader(application: String, comment: String?, into buffer: inout [UInt8]) {
    let start = begin(.sectionHeader, into: &buffer)
    append(UInt32(0x1a2b_3c4d), to: &buffer)
    append(UInt16(1), to: &buffer)
    append(UInt16(0), to: &buffer)
    // The length of the section is not known yet.
    append(UInt64.max, to: &buffer)
    if let comment {
      option(PcapngOptions.comment, Array(comment.utf8), into: &buffer)
    }
    option(SectionHeader.applicationOption, Array(application.utf8), into: &buffer)
    option(0, [], into: &buffer)
    end(start, in: &buffer)
  }

  static func interface(
    _ linkType: LinkType = .user0, name: String, description: String, into buffer: inout [UInt8]
  ) {
    let start = begin(.interfaceDescription, into: &buffer)
    append(UInt16(truncatingIfNeeded: linkType.number), to: &buffer)
    append(UInt16(0), to: &buffer)
    append(UInt32(0), to: &buffer)
    option(InterfaceDescription.nameOption, Array(name.utf8), into: &buffer)
    option(InterfaceDescription.descriptionOption, Array(description.utf8), into: &buffer)
    option(InterfaceDescription.resolutionOption, [9], into: &buffer)
    option(0, [], into: &buffer)
    end(start, in: &buffer)
  }

  /// The same, with data of the caller's own.
  static func packet(_ access: Access, bytes: [UInt8], into buffer: inout [UInt8]) {
    packet(access, data: bytes.span.raw, into: &buffer)
  }

  /// An enhanced packet block with an access of interface 0.
  static func packet(_ access: Access, data: RawSpan, into buffer: inout [UInt8]) {
    // A reader believes no longer block; the rest of the data is then missing and said so.
    let room = PcapngBlock.maximumLength - 64
    let kept = data.extracting(first: min(data.byteCount, room))
    var flags = access.flags.rawValue & 0x1f
    if kept.byteCount < data.byteCount { flags |= Access.Flags.truncatedData.rawValue }
    let start = begin(.enhancedPacket, into: &buffer)
    // The format has no time before 1970; a clock that starts at 0 has none either.
    let time = UInt64(max(access.time, 0))
    append(UInt32(0), to: &buffer)
    append(UInt32(truncatingIfNeeded: time >> 32), to: &buffer)
    append(UInt32(truncatingIfNeeded: time), to: &buffer)
    let length = UInt32(EncapsulatedAccess.byteCount + kept.byteCount)
    append(length, to: &buffer)
    append(length, to: &buffer)
    buffer.append(UInt8(ascii: "V"))
    buffer.append(UInt8(ascii: "T"))
    buffer.append(EncapsulatedAccess.version)
    buffer.append(access.kind.rawValue)
    append(flags, to: &buffer)
    append(access.cpu, to: &buffer)
    append(access.address, to: &buffer)
    append(access.width, to: &buffer)
    append(access.code, to: &buffer)
    append(kept, to: &buffer)
    pad(&buffer, from: start)
    end(start, in: &buffer)
  }

  /// An enhanced packet block with a packet of another interface.
  static func packet(
    _ data: RawSpan, of interface: UInt32, time: Int64, length: UInt32, into buffer: inout [UInt8]
  ) {
    let kept = data.extracting(first: min(data.byteCount, PcapngBlock.maximumLength - 64))
    let start = begin(.enhancedPacket, into: &buffer)
    let time = UInt64(max(time, 0))
    append(interface, to: &buffer)
    append(UInt32(truncatingIfNeeded: time >> 32), to: &buffer)
    append(UInt32(truncatingIfNeeded: time), to: &buffer)
    append(UInt32(truncatingIfNeeded: kept.byteCount), to: &buffer)
    append(max(length, UInt32(truncatingIfNeeded: kept.byteCount)), to: &buffer)
    append(kept, to: &buffer)
    pad(&buffer, from: start)
    end(start, in: &buffer)
  }

  private static func begin(_ type: PcapngBlockType, into buffer: inout [UInt8]) -> Int {
    let start = buffer.count
    append(type.rawValue, to: &buffer)
    append(UInt32(0), to: &buffer)
    return start
  }

  /// Ends a block and writes its length at both ends.
  private static func end(_ start: Int, in buffer: inout [UInt8]) {
    let length = UInt32(buffer.count - start + 4)
    for index in 0..<4 {
      buffer[start + 4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(index * 8))
    }
    append(length, to: &buffer)
  }

  private static func option(_ code: UInt16, _ value: [UInt8], into buffer: inout [UInt8]) {
    let kept = value.prefix(Int(UInt16.max))
    append(code, to: &buffer)
    append(UInt16(kept.count), to: &buffer)
    buffer.append(contentsOf: kept)
    buffer.append(contentsOf: repeatElement(0, count: -kept.count & 3))
  }

  private static func pad(_ buffer: inout [UInt8], from start: Int) {
    while (buffer.count - start) & 3 != 0 { buffer.append(0) }
  }

  private static func append(_ bytes: RawSpan, to buffer: inout [UInt8]) {
    guard bytes.byteCount > 8 else {
      for index in 0..<bytes.byteCount { buffer.append(bytes.byte(at: index)) }
      return
    }
    buffer.append(contentsOf: bytes.array)
  }

  private static func append<T: FixedWidthInteger>(_ value: T, to buffer: inout [UInt8]) {
    var rest = value
    for _ in 0..<MemoryLayout<T>.size {
      buffer.append(UInt8(truncatingIfNeeded: rest))
      rest = T.bitWidth > 8 ? rest >> 8 : 0
    }
  }
}
