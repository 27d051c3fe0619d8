internal import Wire

/// What one source of memory holds: a mapped file, and which of its bytes are which addresses.
struct MemoryImage {
  var files: SharedFiles
  /// Pieces of file 0 of `files`.
  var map: PieceMap
}

extension ByteSource {
  /// Opens `path`, takes compression off and maps it; damage of compressed data is an error here,
  /// because what follows it is missing.
  static func mappedWhole(_ path: String) throws(RecordingError) -> MappedFile {
    var source = try ByteSource(path: path)
    let file = try source.mapped()
    if let damage = source.compressionDamage {
      throw RecordingError(.damaged(damage), path: path)
    }
    return file
  }
}
