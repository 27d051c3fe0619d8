internal import Glibc

/// The screen as a thread beside it sees it: whether the process is asked to end, and what can be done
/// where the terminal takes nothing.
///
/// Whoever draws waits in a write as long as output is stopped (Ctrl-S), or nobody takes what was
/// written, and hears of no signal meanwhile.
public struct TerminalWatch: Sendable {
  /// Where the numbers of signals arrive.
  let signals: Int32

  /// Waits for a signal that asks the process to end; nil where none can be waited for.
  public func signal() -> Int32? {
    var byte: UInt8 = 0
    while true {
      // Fills one byte during the call.
      let count = unsafe read(signals, &byte, 1)
      if count == 1 { return Int32(byte) }
      guard count < 0, errno == EINTR else { return nil }
    }
  }

  /// Lets output go on that was stopped, and drops what waits to be taken, so that whoever draws comes
  /// back.
  public func release() {
    holdBack(SIGTTOU)
    _ = tcflush(STDOUT_FILENO, TCOFLUSH)
    // To stop and to go on wakes who waits, also where only the room was missing.
    _ = tcflow(STDOUT_FILENO, TCOOFF)
    _ = tcflow(STDOUT_FILENO, TCOON)
  }

  /// Gives the terminal back as far as it lets itself be given, and ends the process by `number`.
  public func abandon(by number: Int32) {
    holdBack(SIGTTOU)
    // A description of its own: that it does not wait must not be seen by whoever shares the other.
    let output = unsafe open("/proc/self/fd/1", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    if output >= 0 { TerminalRescue.giveBack(to: output) }
    _ = Glibc.signal(number, SIG_DFL)
    _ = kill(getpid(), number)
    // The signal is for any thread that lets it through; there may be none.
    usleep(200_000)
    _exit(128 + number)
  }

  /// Whoever is in the background may change the terminal only while this signal is held back.
  private func holdBack(_ number: Int32) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, number)
    // The set is read during the call only.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
