import Glibc
import Recordings
import Synchronization

/// Ends a live reading in order at Ctrl-C, SIGTERM, SIGHUP, or when its time is over.
///
/// A thread waits for the signals, so that no code has to run inside of a handler. The second one ends
/// the program at once.
final class StopSignals: Sendable {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]
  private let isOver = Mutex(false)
  private let isAsked = Mutex(false)

  /// A signal asked for the end.
  var hasCome: Bool { isAsked.withLock { $0 } }

  /// Holds the signals back for all threads that are made from now on. A reader of our output that
  /// goes away is an error of writing from then on.
  static func block() {
    var set = set
    // The set is read during the call only.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Lets the signals through to this thread again, when something else takes them in order.
  static func unblock() {
    var set = set
    // The set is read during the call only.
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static var set: sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    return set
  }

  /// Begins to wait; `tick` is called now and then on the thread that waits.
  init(_ control: LiveControl, after limit: Duration?, tick: @escaping @Sendable () -> Void) {
    let end = limit.map { ContinuousClock.now + $0 }
    _ = SystemThread.start { [self] in
      while !isOver.withLock({ $0 }) {
        if Self.wait(until: end) {
          isAsked.withLock { $0 = true }
          if control.isStopped { _exit(130) }
          control.stop()
        }
        if let end, ContinuousClock.now >= end, !control.isStopped { control.stop() }
        if !isOver.withLock({ $0 }) { tick() }
      }
    }
  }

  /// Waits for a signal, at most half a second and not beyond `end`; whether one came.
  private static func wait(until end: ContinuousClock.Instant?) -> Bool {
    var nanoseconds: Int64 = 500_000_000
    if let end {
      let left = (end - ContinuousClock.now).components
      let total = left.seconds < 1 ? left.attoseconds / 1_000_000_000 : 1_000_000_000
      nanoseconds = min(nanoseconds, max(total, 1_000_000))
    }
    var set = set
    var time = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
    // Both are read during the call only; nothing is asked about the signal but its number.
    return unsafe sigtimedwait(&set, nil, &time) > 0
  }

  /// Ends the ticks.
  func finish() { isOver.withLock { $0 = true } }
}
