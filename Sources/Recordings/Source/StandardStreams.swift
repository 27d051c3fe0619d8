internal import Glibc

/// What the process's standard streams are.
public enum StandardStreams {
  public static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The environment asks for no colour (a NO_COLOR that is not empty).
  public static var noColor: Bool {
    // `getenv` returns a pointer into the environment, which nobody changes here.
    guard let value = unsafe getenv("NO_COLOR") else { return false }
    return unsafe value.pointee != 0
  }

  /// The file into which a step of GitHub Actions writes its summary; nil elsewhere.
  public static var stepSummary: String? {
    // As above.
    guard let value = unsafe getenv("GITHUB_STEP_SUMMARY"), unsafe value.pointee != 0 else {
      return nil
    }
    return unsafe String(cString: value)
  }

  /// Processors that the process may use.
  public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// Standard error, for messages to a person.
public enum StandardError {
  /// Writes, and gives up where the terminal does not take it in time: output may be stopped (Ctrl-S).
  public static func write(_ text: String, within milliseconds: Int) {
    let path = "/proc/self/fd/2"
    // A description of its own: that it does not wait must not be seen by whoever shares the other.
    let output =
      StandardStreams.errorIsTerminal
      ? unsafe open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1
    guard output >= 0 else { return write(text) }
    defer { close(output) }
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    var left = Array(text.utf8)[...]
    while !left.isEmpty {
      // The bytes are read during the call only.
      let count = unsafe left.withUnsafeBytes {
        unsafe Glibc.write(output, $0.baseAddress, $0.count)
      }
      if count > 0 {
        left = left.dropFirst(count)
      } else if count == 0 || errno != EAGAIN && errno != EINTR || ContinuousClock.now >= end {
        return
      } else {
        usleep(20_000)
      }
    }
  }

  public static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // A message that cannot be written has nowhere to be reported.
      _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
