internal import Glibc

/// Ends the process with a message when somebody truncates a file that is mapped.
///
/// The kernel then answers a read beyond the new end with SIGBUS, from which a reader cannot
/// recover: what it was about to decode is gone.
enum TruncationGuard {
  /// Installs the handler, once; a handler that somebody else installed stays.
  static func install() {
    _ = installed
  }

  private static let installed: Bool = {
    var action = sigaction()
    // The handler captures nothing and calls only what may be called in a signal handler.
    unsafe action.__sigaction_handler.sa_handler = { _ in
      let message: StaticString =
        "vtrace: a recording was truncated by somebody else while it was read\n"
      _ = unsafe write(2, message.utf8Start, message.utf8CodeUnitCount)
      _exit(2)
    }
    var former = sigaction()
    // Both structures live during the calls, which copy them.
    guard unsafe sigaction(SIGBUS, nil, &former) == 0,
      unsafe former.__sigaction_handler.sa_handler == nil
    else { return false }
    return unsafe sigaction(SIGBUS, &action, nil) == 0
  }()
}
