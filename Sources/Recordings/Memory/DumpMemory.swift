internal import Wire

/// Reads a dump of a machine's memory, whatever its form: an ELF core, a kdump-compressed dump, or
/// either of them flattened.
enum DumpMemory {
  /// How a dump holds memory, which its first bytes tell.
  private enum Form {
    case elf, kdump, flattened
  }

  /// Opens the dump at `path` (plain, gzip or zstd).
  static func open(_ path: String) throws(RecordingError) -> MemoryImage {
    let file = try ByteSource.mappedWhole(path)
    guard file.byteCount > 0 else { throw RecordingError(.empty, path: path) }
    let form = form(of: file)
    if form == .elf { return try ELFMemory.image(of: file, path: path) }
    return try image(of: try spooled(file, form, path: path), path: path)
  }

  /// The dump as a file of its own: libkdumpfile takes an open one, which what was decompressed is
  /// not.
  private static func spooled(
    _ file: borrowing MappedFile, _ form: Form, path: String
  ) throws(RecordingError) -> SpoolFile {
    if form == .flattened { return try FlattenedDump.rearranged(file.bytes, path: path) }
    var dump = try SpoolFile(path: path)
    try dump.append(file.bytes)
    return dump
  }

  private static func image(
    of dump: borrowing SpoolFile, path: String
  ) throws(RecordingError) -> MemoryImage {
    let file = try dump.mapped()
    switch form(of: file) {
    case .elf: return try ELFMemory.image(of: file, path: path)
    case .kdump: return try KdumpMemory.image(of: dump.descriptor, path: path)
    case .flattened:
      throw RecordingError(.damaged("a flattened dump holds a flattened dump"), path: path)
    }
  }

  private static func form(of file: borrowing MappedFile) -> Form {
    if FlattenedDump.isOne(file.bytes) { return .flattened }
    return KdumpMemory.isOne(file.bytes) ? .kdump : .elf
  }
}
