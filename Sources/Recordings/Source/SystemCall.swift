internal import Glibc

/// What the operating system says of the last failure.
func lastSystemMessage() -> String {
  // `strerror` returns a string that stays valid until the next call of it in this thread.
  unsafe String(cString: strerror(errno))
}

/// A file descriptor that is closed with its owner.
struct Descriptor: ~Copyable {
  let number: Int32
  /// False for standard input, which is not ours to close.
  private let owned: Bool

  /// Takes over an open descriptor.
  init(owning number: Int32) {
    self.number = number
    owned = true
  }

  /// Uses an open descriptor of somebody else, who closes it.
  init(borrowing number: Int32) {
    self.number = number
    owned = false
  }

  /// Opens `path` for reading; `-` is standard input.
  init(path: String) throws(RecordingError) {
    guard path != "-" else {
      number = 0
      owned = false
      return
    }
    // `open` reads the path's bytes during the call only.
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw RecordingError(
        .system(doing: "open it", message: lastSystemMessage()), path: path)
    }
    number = opened
    owned = true
  }

  /// Opens `path` for reading without waiting: neither for somebody who writes to a FIFO, nor for what
  /// is read. Standard input stays as it is.
  init(polling path: String) throws(RecordingError) {
    guard path != "-" else {
      number = 0
      owned = false
      return
    }
    // `open` reads the path's bytes during the call only.
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else {
      throw RecordingError(
        .system(doing: "open it", message: lastSystemMessage()), path: path)
    }
    number = opened
    owned = true
  }

  deinit {
    if owned { close(number) }
  }

  /// What is known of the open file.
  func status(path: String) throws(RecordingError) -> stat {
    var status = stat()
    // `fstat` fills the structure during the call only.
    guard unsafe fstat(number, &status) == 0 else {
      throw RecordingError(
        .system(doing: "examine it", message: lastSystemMessage()), path: path)
    }
    return status
  }
}
