import Recordings
import Synchronization
import Terminal

/// Sees to it that a signal ends the program within seconds, also where the terminal takes nothing and
/// the thread of the screen waits for it.
final class ScreenEnd: Sendable {
  private let isClosed = Mutex(false)
  private let isDecoded = Mutex(false)

  /// How long the screen may take to answer a signal by itself, to come back once its terminal was
  /// released, and the decoder to take away what it made.
  private static let limits: (answer: Int, release: Int, decoder: Int) = (500, 1000, 3000)

  /// The screen is closed.
  func close() { isClosed.withLock { $0 = true } }

  /// The decoder has ended.
  func finish() { isDecoded.withLock { $0 = true } }

  /// Waits for a signal and then for the screen; for a thread of its own.
  func watch(_ terminal: TerminalWatch, _ decoder: some Decoding) {
    guard let signal = terminal.signal() else { return }
    if wait(Self.limits.answer, until: isClosed) { return }
    if wait(Self.limits.release, until: isClosed, doing: terminal.release) { return }
    decoder.stop()
    if decoder.mustEnd { _ = wait(Self.limits.decoder, until: isDecoded) }
    terminal.abandon(by: signal)
  }

  /// Waits until something is so, at most some milliseconds; whether it came to be.
  private func wait(
    _ milliseconds: Int, until flag: borrowing Mutex<Bool>, doing action: () -> Void = {}
  ) -> Bool {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {
      if flag.withLock({ $0 }) { return true }
      action()
      SystemThread.sleep(milliseconds: 20)
    }
    return flag.withLock { $0 }
  }
}
