internal import Wire

/// A file that is read whole: hints, policies.
public enum SmallFile {
  /// The largest file that is taken.
  public static var limit: Int { 1 << 24 }

  /// The bytes of the file at `path`.
  public static func read(_ path: String) throws(RecordingError) -> [UInt8] {
    let file = try MappedFile(path: path)
    guard file.byteCount <= limit else {
      throw RecordingError(.unsupported("is larger than \(limit >> 20) MiB"), path: path)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.byteCount)
    for offset in 0..<file.byteCount {
      bytes.append(file.bytes.littleEndian(UInt8.self, at: offset))
    }
    return bytes
  }
}
