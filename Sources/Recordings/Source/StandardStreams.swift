internal import Glibc

/// What the process's standard streams are.
public enum StandardStreams {
  public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The environment asks for no colour (a NO_COLOR that is not empty).
  public static var noColor: Bool {
    // `getenv` returns a pointer into the environment, which nobody changes here.
    guard let value = unsafe getenv("NO_COLOR") else { return false }
    return unsafe value.pointee != 0
  }
}

/// Standard error, for messages to a person.
public enum StandardError {
  public static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // A message that cannot be written has nowhere to be reported.
      _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
