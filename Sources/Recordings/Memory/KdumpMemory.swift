internal import Wire

/// Reads a kdump-compressed dump, as `makedumpfile`, kdump and QEMU's `dump-guest-memory -z`, `-l`
/// and `-s` write it: each page by itself, compressed, zero or left out.
///
/// The pages are decompressed once into a temporary file, because what reads memory here is lent
/// bytes that stay where they are. A page that the dump leaves out is not backed.
///
/// source: libkdumpfile 0.5.1 reads the format; makedumpfile 1.7.2, IMPLEMENTATION, describes it.
enum KdumpMemory {
  private static let magics = [Array("KDUMP   ".utf8), Array("DISKDUMP".utf8)]

  /// `bytes` begin like a dump that is compressed by page.
  static func isOne(_ bytes: RawSpan) -> Bool { magics.contains { bytes.starts(with: $0) } }

  /// The pages of the dump in an open file; `path` is its name, for messages.
  static func image(
    of descriptor: borrowing Descriptor, path: String
  ) throws(RecordingError) -> MemoryImage {
    let dump = try KdumpFile(descriptor, path: path)
    var pages = try SpoolFile(path: path)
    var pieces: [MemoryPiece] = []
    var number: UInt64 = 0
    while let found = dump.firstPage(from: number) {
      let (start, overflows) = found.multipliedReportingOverflow(by: UInt64(dump.pageSize))
      guard !overflows else { break }
      number = found &+ 1
      let offset = pages.byteCount
      guard try append(start, of: dump, to: &pages) else { continue }
      let piece = MemoryPiece(
        start: start, length: UInt64(dump.pageSize), file: 0, offset: offset)
      // One that would go past the end of the address space is no page of any machine.
      guard let piece else { break }
      if let before = pieces.last, before.continues(into: piece) {
        pieces[pieces.count &- 1].last = piece.last
      } else {
        pieces.append(piece)
      }
    }
    // The map of one that is cut short is empty, which the library takes for a map.
    guard !pieces.isEmpty else {
      throw RecordingError(.damaged("kdump: expected a page of memory, found none"), path: path)
    }
    return MemoryImage(files: SharedFiles(try pages.mapped()), map: PieceMap(pieces))
  }

  /// Appends the page at `address`; false when the dump does not hold it.
  private static func append(
    _ address: UInt64, of dump: KdumpFile, to pages: inout SpoolFile
  ) throws(RecordingError) -> Bool {
    guard try dump.read(address) else { return false }
    if dump.isZero {
      try pages.appendZeros(dump.pageSize)
    } else {
      try pages.append(dump.page)
    }
    return true
  }
}
