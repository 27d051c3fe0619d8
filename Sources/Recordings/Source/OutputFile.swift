internal import Glibc

/// A file, or standard output, that is written from front to back.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Descriptor
  /// The first failure; nothing is written after it.
  private var failure: String?
  var hasFailed: Bool { failure != nil }

  /// Makes or replaces the file at `path`, or goes on at its end; `-` is standard output.
  init(path: String, appends: Bool = false) throws(RecordingError) {
    self.path = path
    guard path != "-" else {
      descriptor = Descriptor(borrowing: 1)
      return
    }
    // `open` reads the path's bytes during the call only.
    let start = appends ? O_APPEND : O_TRUNC
    let opened = unsafe open(path, O_WRONLY | O_CREAT | start | O_CLOEXEC, 0o644)
    guard opened >= 0 else {
      throw RecordingError(
        .system(doing: "create it", message: lastSystemMessage()), path: path)
    }
    descriptor = Descriptor(owning: opened)
  }

  mutating func write(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    var done = 0
    while done < bytes.count {
      // `write` reads the bytes during the call only.
      let written = unsafe bytes[done...].withUnsafeBytes {
        unsafe Glibc.write(descriptor.number, $0.baseAddress, $0.count)
      }
      if written >= 0 {
        done += written
      } else if errno != EINTR {
        failure = lastSystemMessage()
        return
      }
    }
  }

  /// Throws when anything could not be written.
  func finish() throws(RecordingError) {
    guard let failure else { return }
    throw RecordingError(.system(doing: "write it", message: failure), path: path)
  }
}
