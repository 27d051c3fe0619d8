internal import Wire

/// Opens a raw image of guest memory, such as the shared file of a running guest's memory backend.
///
/// A file named `.zst` or `.gz` is decompressed; any other is taken as it is, whatever it begins
/// with, because the first bytes of a guest's memory can be anything.
enum FileMemory {
  static func open(
    _ path: String, offset: UInt64, address: UInt64, length: UInt64?
  ) throws(RecordingError) -> MemoryImage {
    let isPacked = path.hasSuffix(".zst") || path.hasSuffix(".gz")
    let file = isPacked ? try ByteSource.mappedWhole(path) : try MappedFile(sharing: path)
    guard file.byteCount > 0 else { throw RecordingError(.empty, path: path) }
    let size = UInt64(file.byteCount)
    guard offset < size, let start = Int(exactly: offset) else {
      throw RecordingError(
        .unsupported("has \(size) bytes; offset \(offset) lies beyond them"), path: path)
    }
    let count = length ?? (size - offset)
    guard count <= size - offset else {
      throw RecordingError(
        .unsupported(
          "has \(size - offset) bytes from offset \(offset) on, fewer than the length \(count)"),
        path: path)
    }
    guard let piece = MemoryPiece(start: address, length: count, file: 0, offset: start) else {
      throw RecordingError(
        .unsupported("\(count) bytes do not fit at the guest address \(address)"), path: path)
    }
    return MemoryImage(files: SharedFiles(file), map: PieceMap([piece]))
  }
}
