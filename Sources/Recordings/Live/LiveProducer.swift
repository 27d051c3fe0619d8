internal import Glibc

/// The bytes of a pipe, or of a file that grows, until somebody stops it.
final class LiveProducer: ByteProducer {
  private let descriptor: Descriptor
  private let control: LiveControl
  /// A regular file, at whose end more is waited for.
  private let follows: Bool
  /// Called with `inputBytes` before each wait, and now and then while it lasts.
  var onProgress: ((UInt64) -> Void)?
  private(set) var inputBytes: UInt64 = 0
  private(set) var damage: SourceDamage?

  /// A regular file tells nobody that it grew: it is looked at this often.
  private static var interval: Int32 { 50 }

  init(_ descriptor: consuming Descriptor, follows: Bool, control: LiveControl) {
    self.descriptor = descriptor
    self.follows = follows
    self.control = control
  }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard room.count > 0, damage == nil, !control.isStopped else { return 0 }
    defer { control.isCaughtUp = false }
    while true {
      if !follows, case .stopped = waitForInput() { return 0 }
      // `read` writes at most `room.count` bytes, during the call.
      let got = unsafe read(descriptor.number, room.baseAddress, room.count)
      if got > 0 {
        inputBytes &+= UInt64(got)
        control.bytes = inputBytes
        return got
      }
      if got < 0, errno != EINTR, errno != EAGAIN {
        return fail("reading failed: \(lastSystemMessage())")
      }
      guard got < 0 || follows else { return 0 }
      if follows, isCut { return fail("the file became shorter while it was followed") }
      control.isCaughtUp = true
      onProgress?(inputBytes)
      if control.wait(for: -1, milliseconds: Self.interval) == .stopped { return 0 }
    }
  }

  /// Waits for a pipe; what it is that came, `read` tells.
  private func waitForInput() -> LiveControl.Wait {
    if control.wait(for: descriptor.number, milliseconds: 0) == .ready { return .ready }
    control.isCaughtUp = true
    while true {
      onProgress?(inputBytes)
      let limit: Int32 = onProgress == nil ? -1 : 100
      let wait = control.wait(for: descriptor.number, milliseconds: limit)
      guard wait == .timeOver else { return wait }
    }
  }

  /// Whether the file ends before the place that was read up to.
  private var isCut: Bool {
    guard let status = try? descriptor.status(path: "") else { return false }
    return UInt64(clamping: status.st_size) < inputBytes
  }

  private func fail(_ text: String) -> Int {
    damage = SourceDamage(place: inputBytes, text: text, isTruncation: true)
    return 0
  }
}
