internal import Glibc

/// A connection to a unix socket; no call waits longer than it is told to.
struct LocalSocket: ~Copyable {
  private let descriptor: Descriptor
  private let path: String

  /// Who is at the other end: process, user. The process is 0 where it is not visible from here.
  struct Peer {
    var process: Int32
    var user: UInt32
  }

  /// Connects to the socket at `path`.
  init(path: String) throws(RecordingError) {
    descriptor = try Self.connected(to: path)
    self.path = path
  }

  private static func connected(to path: String) throws(RecordingError) -> Descriptor {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    // The name ends with a zero.
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw RecordingError(.unsupported("is too long for the name of a socket"), path: path)
    }
    // The structure is ours, and has room for the name.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let number = socket(AF_UNIX, Int32(kind), 0)
    guard number >= 0 else {
      throw RecordingError(
        .system(doing: "make a socket", message: lastSystemMessage()), path: path)
    }
    let descriptor = Descriptor(owning: number)
    // `connect` reads the structure during the call only.
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe connect(number, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw refusal(path) }
    return descriptor
  }

  private static func refusal(_ path: String) -> RecordingError {
    if errno == EAGAIN {
      return RecordingError(
        .unsupported("other clients wait there already, and nobody answers them"), path: path)
    }
    return RecordingError(
      .system(doing: "connect to it", message: lastSystemMessage()), path: path)
  }

  /// Who listened at the socket; nil where the system does not say.
  var peer: Peer? {
    // Process, user and group, 32 bits each: `struct ucred`.
    var credentials: [3 of UInt32] = [0, 0, 0]
    var size = socklen_t(MemoryLayout<[3 of UInt32]>.size)
    // `getsockopt` writes at most `size` bytes, during the call only.
    guard
      unsafe getsockopt(descriptor.number, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0,
      Int(size) == MemoryLayout<[3 of UInt32]>.size
    else { return nil }
    return Peer(process: Int32(bitPattern: credentials[0]), user: credentials[1])
  }

  /// Waits for `events`; false when the time is over first.
  private func wait(_ events: Int32, until end: ContinuousClock.Instant) -> Bool {
    while true {
      let left = (end - .now).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
      let milliseconds = left.seconds &* 1000 &+ left.attoseconds / 1_000_000_000_000_000
      var request = pollfd(fd: descriptor.number, events: Int16(events), revents: 0)
      // `poll` writes the one structure during the call only.
      let ready = unsafe poll(&request, 1, Int32(clamping: milliseconds &+ 1))
      if ready > 0 { return true }
      guard ready == 0 || errno == EINTR else { return false }
    }
  }

  /// Sends all of `bytes`; false when the other end does not take them in time.
  func send(_ bytes: [UInt8], until end: ContinuousClock.Instant) throws(RecordingError) -> Bool {
    var sent = 0
    while sent < bytes.count {
      guard wait(POLLOUT, until: end) else { return false }
      let flags = Int32(MSG_NOSIGNAL)
      // The kernel copies what it takes; a closed connection is an error here and no signal.
      let count = unsafe bytes[sent...].withUnsafeBytes { room in
        unsafe Glibc.send(descriptor.number, room.baseAddress, room.count, flags)
      }
      if count > 0 { sent += count }
      guard count >= 0 || errno == EAGAIN || errno == EINTR else {
        throw RecordingError(
          .system(doing: "write to it", message: lastSystemMessage()), path: path)
      }
    }
    return true
  }

  /// The next bytes, at most 64 KiB: none at the end; nil when none come in time.
  func receive(until end: ContinuousClock.Instant) throws(RecordingError) -> [UInt8]? {
    while true {
      guard wait(POLLIN, until: end) else { return nil }
      var count = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, filled in
        // `recv` fills no more than the room that it is given.
        count = unsafe recv(descriptor.number, room.baseAddress, room.count, 0)
        filled = max(count, 0)
      }
      if count >= 0 { return bytes }
      guard errno == EAGAIN || errno == EINTR else {
        throw RecordingError(.system(doing: "read it", message: lastSystemMessage()), path: path)
      }
    }
  }
}
