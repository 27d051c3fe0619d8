internal import Glibc

/// A thread of the system, for work that never gives way.
public struct SystemThread: Sendable {
  private let number: UInt

  /// Starts a thread; nil when the system has none to give.
  public static func start(_ body: @escaping @Sendable () -> Void) -> SystemThread? {
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    // The thread takes the box over; where there is no thread, it is released here.
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    guard result == 0 else {
      unsafe box.release()
      return nil
    }
    return SystemThread(number: UInt(thread))
  }

  /// Lets this thread rest.
  public static func sleep(milliseconds: UInt32) { _ = usleep(milliseconds &* 1000) }

  /// Waits until the thread has ended. Once.
  public func join() { _ = pthread_join(pthread_t(number), nil) }
}

/// What a thread does.
private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
