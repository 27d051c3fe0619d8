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
  public static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // A message that cannot be written has nowhere to be reported.
      _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
