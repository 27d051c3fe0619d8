internal import Wire

/// Reads an ELF core of a machine, as QEMU's `dump-guest-memory` writes it: each loadable segment
/// is a range of guest-physical memory.
///
/// Of a segment only the bytes in the file count: a dump leaves out what it does not know, so
/// that what `p_memsz` claims beyond `p_filesz` is not backed. A dump with `paging` on holds a
/// physical page once for each of its virtual addresses, from the same place of the file; which of
/// the overlapping segments is used makes no difference there.
enum ELFMemory {
  /// Finds the segments of the core that `file` holds; `path` is its name, for messages.
  static func image(
    of file: consuming MappedFile, path: String
  ) throws(RecordingError) -> MemoryImage {
    let pieces = try pieces(of: file, path: path)
    return MemoryImage(files: SharedFiles(file), map: PieceMap(pieces))
  }

  private static func pieces(
    of file: borrowing MappedFile, path: String
  ) throws(RecordingError) -> [MemoryPiece] {
    do throws(DecodeError) {
      return try find(in: file.bytes)
    } catch {
      throw RecordingError(.damaged("at offset \(error.offset): \(error)"), path: path)
    }
  }

  private static func find(in bytes: RawSpan) throws(DecodeError) -> [MemoryPiece] {
    let header = try ELFHeader(bytes)
    guard header.type == ELFHeader.coreType else {
      throw DecodeError(
        .unexpected(field: "type", expected: "4 (core)", found: "\(header.type)"), at: 16,
        in: "ELF header")
    }
    var pieces: [MemoryPiece] = []
    let count = try header.programHeaderCount()
    var index: UInt32 = 0
    while index < count {
      let segment = try header.programHeader(index)
      index &+= 1
      guard segment.type == ELFProgramHeader.load, segment.fileSize > 0 else { continue }
      pieces.append(try piece(of: segment, fileSize: bytes.byteCount))
    }
    guard !pieces.isEmpty else {
      throw DecodeError(
        .unexpected(field: "program headers", expected: "a loadable segment", found: "none"),
        at: Int(clamping: header.programHeaderOffset), in: "ELF header")
    }
    return pieces
  }

  private static func piece(
    of segment: ELFProgramHeader, fileSize: Int
  ) throws(DecodeError) -> MemoryPiece {
    let (end, wraps) = segment.offset.addingReportingOverflow(segment.fileSize)
    guard !wraps, end <= UInt64(fileSize), let offset = Int(exactly: segment.offset) else {
      throw DecodeError(
        .unexpected(
          field: "segment", expected: "within the \(fileSize) bytes of the file",
          found: "\(segment.fileSize) bytes at offset \(segment.offset)"),
        at: segment.place, in: "ELF program header")
    }
    let piece = MemoryPiece(
      start: segment.physicalAddress, length: segment.fileSize, file: 0, offset: offset)
    guard let piece else {
      throw DecodeError(
        .badLength(field: "p_filesz", found: segment.fileSize), at: segment.place,
        in: "ELF program header")
    }
    return piece
  }
}
