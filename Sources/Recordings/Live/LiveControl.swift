internal import Glibc
internal import Synchronization

/// What other threads may ask of a live source, and tell it, while one thread reads it.
public final class LiveControl: Sendable {
  private let stopped = Atomic<Bool>(false)
  private let isWaiting = Atomic<Bool>(false)
  private let recordCount = Atomic<UInt64>(0)
  private let byteCount = Atomic<UInt64>(0)
  private let lostCount = Atomic<UInt64>(0)
  private let isLostUnknown = Atomic<Bool>(false)
  /// A pipe whose `event` becomes readable when the source is to stop, and stays so.
  private let event: Int32
  private let bell: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    // The two numbers are filled during the call only. Without a pipe waiting is done in short steps.
    if unsafe pipe(&ends) != 0 { ends = [-1, -1] }
    (event, bell) = (ends[0], ends[1])
    for end in ends where end >= 0 {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    if event >= 0 {
      close(event)
      close(bell)
    }
  }

  /// Makes the reading end soon, also while it waits for more; what was read stays. From any thread,
  /// any number of times.
  public func stop() {
    stopped.store(true, ordering: .sequentiallyConsistent)
    var byte: UInt8 = 1
    // The byte is read during the call only; a pipe that is full has rung already.
    _ = unsafe write(bell, &byte, 1)
  }

  /// Whether somebody called `stop`.
  public var isStopped: Bool { stopped.load(ordering: .sequentiallyConsistent) }

  /// Whether everything that is there was handed on, so that the reading waits for more.
  public internal(set) var isCaughtUp: Bool {
    get { isWaiting.load(ordering: .relaxed) }
    set { isWaiting.store(newValue, ordering: .relaxed) }
  }

  /// Accesses handed on so far.
  public internal(set) var accesses: UInt64 {
    get { recordCount.load(ordering: .relaxed) }
    set { recordCount.store(newValue, ordering: .relaxed) }
  }

  /// Bytes taken from the source so far.
  public internal(set) var bytes: UInt64 {
    get { byteCount.load(ordering: .relaxed) }
    set { byteCount.store(newValue, ordering: .relaxed) }
  }

  /// Records that the source lost, as far as it counted them.
  public internal(set) var lost: UInt64 {
    get { lostCount.load(ordering: .relaxed) }
    set { lostCount.store(newValue, ordering: .relaxed) }
  }

  /// Whether the source lost records that it did not count.
  public internal(set) var lostUnknown: Bool {
    get { isLostUnknown.load(ordering: .relaxed) }
    set { isLostUnknown.store(newValue, ordering: .relaxed) }
  }

  /// What waiting came to.
  enum Wait {
    case ready
    case timeOver
    case stopped
  }

  /// Waits until `descriptor` has something to read, or `milliseconds` are over (-1: no end), or
  /// somebody calls `stop`. A negative descriptor has nothing, ever.
  func wait(for descriptor: Int32, milliseconds: Int32) -> Wait {
    guard !isStopped else { return .stopped }
    var requests = [
      pollfd(fd: event, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    // `poll` writes the two structures during the call only.
    let limit = event < 0 && (milliseconds < 0 || milliseconds > 100) ? 100 : milliseconds
    let ready = unsafe poll(&requests, nfds_t(requests.count), limit)
    if isStopped { return .stopped }
    // A signal, too, only makes the caller look again.
    return ready > 0 && requests[1].revents != 0 ? .ready : .timeOver
  }
}
