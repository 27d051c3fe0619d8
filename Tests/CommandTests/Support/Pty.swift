import Foundation
import Glibc
import Testing

/// A terminal whose other side is the test itself, which takes what is written to it or does not.
final class Pty {
  let master: Int32
  /// The terminal, kept open so that its modes can be asked for.
  let terminal: Int32

  init() throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN: unlocks the other side, and tells its number.
    var (lock, number): (Int32, UInt32) = (0, 0)
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { throw Failure(text: "the system has no terminal to give") }
    terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw Failure(text: "the terminal cannot be opened") }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(terminal)
    close(master)
  }

  /// Starts a command on a screen of 24 lines; the process is the command's own.
  func start(_ words: [String], in folder: URL = packageRoot) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "stty rows 24 cols 80; exec \"$@\"", "sh"] + words
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment.merge(["TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.environment = environment
    let handle = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    return process
  }

  /// Starts a process that writes far more than the terminal holds, in one write.
  func flood() throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/dd")
    process.arguments = ["if=/dev/zero", "bs=64M", "count=1", "status=none"]
    process.standardOutput = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    try process.run()
    guard wait(seconds: 30, until: { Pty.isWriting(process.processIdentifier) }) else {
      throw Failure(text: "nothing fills the terminal")
    }
    return process
  }

  /// Takes what was written until `text` came.
  func read(until text: String) throws {
    var all = ""
    let found = wait(seconds: 30) {
      all += take()
      return all.contains(text)
    }
    guard found else { throw Failure(text: "'\(text)' never came, but \(all)") }
  }

  /// Takes what was written so far.
  func take() -> String {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(master, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  /// Types keys.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Whether lines are edited and echoed, as a shell expects it.
  var isCooked: Bool {
    var modes = termios()
    tcgetattr(terminal, &modes)
    return modes.c_lflag & UInt32(ICANON | ECHO) == UInt32(ICANON | ECHO)
  }

  /// Whether a process waits in a write.
  static func isWriting(_ process: Int32) -> Bool {
    #if arch(x86_64)
      let number = "1"
    #else
      let number = "64"
    #endif
    let text = try? String(contentsOfFile: "/proc/\(process)/syscall", encoding: .utf8)
    return text?.split(separator: " ").first.map(String.init) == number
  }

  struct Failure: Error {
    var text: String
  }
}
