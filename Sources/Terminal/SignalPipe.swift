internal import Glibc

/// Turns the signals that ask a process to end into bytes that can be waited for.
enum SignalPipe {
  /// Vouched for: written before the handlers are installed, only read by them.
  nonisolated(unsafe) private static var writeEnd: Int32 = -1
  nonisolated(unsafe) private static var watchEnd: Int32 = -1

  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Installs the handlers and returns where each signal's number arrives as a byte: for the screen,
  /// and for a thread that waits; -1 where there can be no pipe.
  static func open() -> (screen: Int32, watch: Int32) {
    let (screen, watch) = (ends(), ends())
    _ = fcntl(screen.read, F_SETFL, O_NONBLOCK)
    unsafe writeEnd = screen.write
    unsafe watchEnd = watch.write
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { signal in
      var byte = UInt8(truncatingIfNeeded: signal)
      // A full pipe holds signals enough.
      _ = unsafe write(SignalPipe.writeEnd, &byte, 1)
      _ = unsafe write(SignalPipe.watchEnd, &byte, 1)
    }
    for signal in signals { _ = unsafe sigaction(signal, &action, nil) }
    return (screen.read, watch.read)
  }

  private static func ends() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // Fills both numbers during the call.
    guard unsafe pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  /// The next signal that arrived, nil for none.
  static func next(from end: Int32) -> Int32? {
    var byte: UInt8 = 0
    // Fills one byte during the call.
    guard end >= 0, unsafe read(end, &byte, 1) == 1 else { return nil }
    return Int32(byte)
  }

  /// Gives the signals back to the system, save that the end of the terminal is ignored from here on:
  /// the kernel and the shell each tell of it, and the second must not cut the tidying short.
  static func close() {
    for name in signals { _ = signal(name, name == SIGHUP ? SIG_IGN : SIG_DFL) }
  }

  /// Ends the process by `number`, as if nobody had caught it.
  static func die(of number: Int32) {
    _ = signal(number, SIG_DFL)
    _ = raise(number)
  }
}
