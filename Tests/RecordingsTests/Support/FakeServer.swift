import Foundation

/// A unix socket at which a test plays the other side of one conversation.
final class FakeServer {
  /// What the server does, in order; then it closes the connection.
  enum Step: Sendable {
    case send(String)
    /// Waits for a line; `$ID` in what is sent later is the number of that command.
    case line
    /// Sends without end, until the other side goes.
    case flood(String)
    /// Does nothing until the other side goes.
    case silence
  }

  let path: String
  private let listener: Int32

  init(_ steps: [Step], in scratch: Scratch) throws {
    path = scratch.path("qmp")
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    listener = number
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0, listen(number, 1) == 0 else { throw CocoaError(.fileWriteUnknown) }
    Thread.detachNewThread {
      let peer = accept(number, nil, nil)
      guard peer >= 0 else { return }
      Self.play(steps, to: peer)
      close(peer)
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func play(_ steps: [Step], to peer: Int32) {
    var id = 0
    for step in steps {
      switch step {
      case .send(let text):
        _ = write(text.replacingOccurrences(of: "$ID", with: "\(id)"), to: peer)
      case .line:
        guard readLine(from: peer) else { return }
        id += 1
      case .flood(let text): while write(text, to: peer) {}
      case .silence: while readLine(from: peer) {}
      }
    }
  }

  private static func write(_ text: String, to peer: Int32) -> Bool {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private static func readLine(from peer: Int32) -> Bool {
    var byte: UInt8 = 0
    while read(peer, &byte, 1) == 1 { if byte == 0x0a { return true } }
    return false
  }
}
