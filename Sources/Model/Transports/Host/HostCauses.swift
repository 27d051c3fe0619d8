/// The last access of each thread, where it is one that makes the device act.
struct HostCauses: Sendable {
  private struct Cause: Sendable, BitwiseCopyable {
    enum Kind: UInt8, Sendable, BitwiseCopyable {
      case nothing
      case status
      case kick
    }
    var kind = Kind.nothing
    var device: Int32
    var queue: Int32 = -1
    /// nil where the recording lacks it.
    var status: UInt8?
  }

  private var threads: [UInt16] = []
  private var causes: [Cause] = []

  /// A log has a few threads; what is beyond is not tied to accesses.
  private static var limit: Int { 256 }

  /// Takes what an access of `thread` meant.
  mutating func note(_ step: StepBuffer.Step, thread: UInt16) {
    var cause = Cause(device: step.device)
    switch step.transaction.kind {
    case .writeStatus:
      cause.kind = .status
      if step.transaction.hasValue {
        cause.status = UInt8(truncatingIfNeeded: step.transaction.value)
      }
    case .reset:
      cause.kind = .status
      cause.status = 0
    case .kick:
      cause.kind = .kick
      cause.queue = step.transaction.queue
    default: break
    }
    if let place = threads.firstIndex(of: thread) {
      causes[place] = cause
    } else if threads.count < Self.limit {
      threads.append(thread)
      causes.append(cause)
    }
  }

  /// The device whose status a driver has just set so on this thread. A reset is told twice, so
  /// the cause stays.
  func deviceOfStatus(_ status: UInt8, thread: UInt16) -> Int32? {
    guard let place = threads.firstIndex(of: thread), causes[place].kind == .status,
      causes[place].status ?? status == status
    else { return nil }
    return causes[place].device
  }

  /// The device that a driver has just kicked on this thread; each kick is told once.
  mutating func takeKick(_ queue: Int32, of device: Int32?, thread: UInt16) -> Int32? {
    guard let place = threads.firstIndex(of: thread), causes[place].kind == .kick else {
      return nil
    }
    let cause = causes[place]
    guard device == nil ? cause.queue == queue : cause.device == device else { return nil }
    causes[place].kind = .nothing
    return cause.device
  }
}
