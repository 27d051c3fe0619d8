internal import Glibc
internal import Wire

/// A temporary file without a name, to hold a stream that must be read out of order.
struct SpoolFile: ~Copyable {
  /// More than this is not spooled: a small compressed file may claim to hold any amount.
  static var limit: Int { 64 << 30 }

  /// The open file, at a position of no meaning.
  let descriptor: Descriptor
  private let path: String
  private var size = 0

  /// Bytes that were written.
  var byteCount: Int { size }

  /// Makes the file in `TMPDIR`, else in `/tmp`; `path` is the input that it holds, for messages.
  init(path: String) throws(RecordingError) {
    self.path = path
    var directory = "/tmp"
    // The environment is not changed by this program.
    if let named = unsafe getenv("TMPDIR") { directory = unsafe String(cString: named) }
    var name = Array("\(directory)/vtrace-XXXXXX".utf8CString)
    // `mkstemp` rewrites the X in place during the call.
    let made = unsafe name.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return Int32(-1) }
      let made = unsafe mkstemp(start)
      if made >= 0 { _ = unsafe unlink(start) }
      return made
    }
    guard made >= 0 else {
      throw RecordingError(
        .system(
          doing: "make a temporary file in \(directory)", message: lastSystemMessage()),
        path: path)
    }
    descriptor = Descriptor(owning: made)
  }

  /// Writes `bytes` at the end.
  mutating func append(_ bytes: RawSpan) throws(RecordingError) { try put(bytes, at: size) }

  /// Leaves `count` zeros at the end, which take no room.
  mutating func appendZeros(_ count: Int) throws(RecordingError) { try reach(size, count) }

  /// Writes `bytes` at `offset`, which is not negative; what nobody writes is zero.
  mutating func put(_ bytes: RawSpan, at offset: Int) throws(RecordingError) {
    try reach(offset, bytes.byteCount)
    var rest = bytes
    var place = offset
    while rest.byteCount > 0 {
      // `pwrite` reads the bytes during the call only.
      let written = unsafe rest.withUnsafeBytes {
        unsafe pwrite(descriptor.number, $0.baseAddress, $0.count, place)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw RecordingError(
          .system(doing: "write its temporary copy", message: lastSystemMessage()), path: path)
      }
      rest = rest.extracting(droppingFirst: written)
      place += written
    }
  }

  /// Counts `count` bytes from `offset` on as written.
  private mutating func reach(_ offset: Int, _ count: Int) throws(RecordingError) {
    let (end, overflows) = offset.addingReportingOverflow(count)
    guard !overflows, end <= Self.limit else {
      throw RecordingError(
        .unsupported("holds more than \(Self.limit >> 30) GiB when decompressed"), path: path)
    }
    size = max(size, end)
  }

  /// Maps what was written.
  borrowing func mapped() throws(RecordingError) -> MappedFile {
    guard ftruncate(descriptor.number, size) == 0 else {
      throw RecordingError(
        .system(doing: "write its temporary copy", message: lastSystemMessage()), path: path)
    }
    return try MappedFile(descriptor: descriptor.number, size: size, path: path)
  }
}
