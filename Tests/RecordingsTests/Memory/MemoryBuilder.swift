import Model

@testable import Recordings

/// Builds dumps of memory by hand.
enum MemoryBuilder {
  static func number<T: FixedWidthInteger>(_ value: T, bigEndian: Bool = false) -> [UInt8] {
    withUnsafeBytes(of: bigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
  }

  /// A file in the sparse format; no bytes means a page of `length` zeros.
  static func sparse(_ records: [(address: UInt64, length: UInt32, bytes: [UInt8]?)]) -> [UInt8] {
    Array("VRAM1\n".utf8)
      + records.flatMap { record in
        number(record.address | (record.bytes == nil ? 1 : 0)) + number(record.length)
          + (record.bytes ?? [])
      }
  }

  struct Segment {
    var address: UInt64
    var bytes: [UInt8]
    var type: UInt32 = 1
  }

  /// A core whose program headers follow the header; `numberElsewhere` puts their number into a
  /// section header.
  static func core(
    _ segments: [Segment], is64: Bool = true, bigEndian: Bool = false, numberElsewhere: Bool = false
  ) -> [UInt8] {
    func n<T: FixedWidthInteger>(_ value: T) -> [UInt8] { number(value, bigEndian: bigEndian) }
    func a(_ value: Int) -> [UInt8] { is64 ? n(UInt64(value)) : n(UInt32(value)) }
    let headerSize = is64 ? 64 : 52
    let entrySize = is64 ? 56 : 32
    let sectionSize = is64 ? 64 : 40
    let sections = headerSize + entrySize * segments.count
    var place = sections + (numberElsewhere ? sectionSize : 0)
    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, bigEndian ? 2 : 1, 1]
    file += Array(repeating: 0, count: 9)
    file += n(UInt16(4)) + n(UInt16(62)) + n(UInt32(1)) + a(0) + a(headerSize)
    file += a(numberElsewhere ? sections : 0) + n(UInt32(0)) + n(UInt16(headerSize))
    file += n(UInt16(entrySize)) + n(numberElsewhere ? 0xffff : UInt16(segments.count))
    file += n(UInt16(sectionSize)) + n(UInt16(numberElsewhere ? 1 : 0)) + n(UInt16(0))
    for segment in segments {
      let size = segment.bytes.count
      file += n(segment.type)
      if is64 { file += n(UInt32(0)) }
      file += a(place) + a(0) + a(Int(truncatingIfNeeded: segment.address)) + a(size) + a(size)
      file += is64 ? a(0) : n(UInt32(0)) + n(UInt32(0))
      place += size
    }
    if numberElsewhere {
      var section = [UInt8](repeating: 0, count: sectionSize)
      let at = is64 ? 44 : 28
      section.replaceSubrange(at..<at + 4, with: n(UInt32(segments.count)))
      file += section
    }
    return file + segments.flatMap(\.bytes)
  }
}

extension GuestMemory where Self: ~Copyable {
  /// The bytes from `address` on, put together from pieces; ends at the first that is not backed.
  borrowing func bytes(_ address: UInt64, _ count: Int) -> [UInt8] {
    var all: [UInt8] = []
    while all.count < count {
      let place = address &+ UInt64(all.count)
      guard let span = span(at: place, count: count - all.count) else { break }
      for index in 0..<span.byteCount {
        all.append(span.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      }
    }
    return all
  }
}
