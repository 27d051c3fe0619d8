import Glibc
import Recordings

/// Does numbered jobs on several threads, and hands the results over in the order of the numbers.
///
/// Threads of the system and not the tasks of Swift's runtime: a job reads a file for minutes and
/// never gives way. A thread does not run ahead of the results that were taken by more than a few
/// jobs, so that what waits stays small.
///
/// Vouched for as `@unchecked Sendable`: `lock` guards everything that changes.
@safe final class OrderedWork<Result: Sendable>: @unchecked Sendable {
  private let count: Int
  private let ahead: Int
  private let job: @Sendable (Int) -> Result
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>
  private var next = 0
  private var taken = 0
  private var results: [Int: Result] = [:]

  private init(count: Int, threads: Int, job: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.job = job
    ahead = 2 * threads
    unsafe lock = .allocate(capacity: 1)
    unsafe change = .allocate(capacity: 1)
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(change, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe pthread_cond_destroy(change)
    unsafe lock.deallocate()
    unsafe change.deallocate()
  }

  /// Does the jobs 0 to `count` - 1 on `threads` threads, and calls `take` here with each result.
  static func run(
    count: Int, threads: Int, job: @escaping @Sendable (Int) -> Result, take: (Result) -> Void
  ) {
    let threads = min(threads, count)
    let work = OrderedWork(count: count, threads: threads, job: job)
    var started: [SystemThread] = []
    for _ in 0..<threads where threads > 1 {
      if let thread = SystemThread.start({ work.work() }) { started.append(thread) }
    }
    for number in 0..<count {
      // Without a thread of its own the work is done here.
      take(started.isEmpty ? job(number) : work.take(number))
    }
    for thread in started { thread.join() }
  }

  private func work() {
    while let number = begin() { end(number, job(number)) }
  }

  /// The next job, when it may be begun; nil when there is none left.
  private func begin() -> Int? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while next < count, next >= taken + ahead { unsafe pthread_cond_wait(change, lock) }
    guard next < count else { return nil }
    next += 1
    return next - 1
  }

  private func end(_ number: Int, _ result: Result) {
    unsafe pthread_mutex_lock(lock)
    results[number] = result
    unsafe pthread_cond_broadcast(change)
    unsafe pthread_mutex_unlock(lock)
  }

  private func take(_ number: Int) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while true {
      if let result = results.removeValue(forKey: number) {
        taken += 1
        unsafe pthread_cond_broadcast(change)
        return result
      }
      unsafe pthread_cond_wait(change, lock)
    }
  }
}
