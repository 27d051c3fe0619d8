import Foundation

/// A program in a terminal that nobody sits at.
final class SoakTerminal {
  private let process = Process()
  private let keyboard: Int32
  private var turn = 0

  /// Keys, and what the output tells when they were answered. Only what changes on the screen is
  /// written, so that each is the part of a word that stands where something else stood.
  private static let keys = [
    ("?", "next pane"), ("?", "2 transactions"), (" ", "OZEN"), (" ", "LLOW"),
  ]
  /// Seconds after which a key counts as not answered.
  private static var patience: Duration { .seconds(5) }

  init(program: String, arguments: [String]) throws {
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var lock: Int32 = 0
    var number: Int32 = -1
    // TIOCSPTLCK and TIOCGPTN of Linux, which Swift does not import.
    guard keyboard >= 0, ioctl(keyboard, 0x4004_5431, &lock) == 0,
      ioctl(keyboard, 0x8004_5430, &number) == 0
    else { throw SoakProblem(text: "there can be no terminal") }
    var size = winsize(ws_row: 60, ws_col: 200, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(keyboard, UInt(TIOCSWINSZ), &size) == 0 else {
      throw SoakProblem(text: "the terminal has no size")
    }
    // Not as a controlling terminal of ours, which would stop the program as one in the background.
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw SoakProblem(text: "the terminal cannot be opened") }
    let screen = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = screen
    process.standardOutput = screen
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TERM": "xterm-256color", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    _ = fcntl(keyboard, F_SETFL, O_NONBLOCK)
  }

  /// Resident memory in bytes.
  var memory: UInt64 {
    let path = "/proc/\(process.processIdentifier)/statm"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0
    return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Waits until the output has `text`.
  func wait(for text: String) throws {
    guard try answer(text) != nil else {
      throw SoakProblem(text: "the program never showed '\(text)'")
    }
  }

  /// Waits a moment, presses the next key, and returns how many seconds it took to be answered; nil
  /// for one that was not.
  func press() throws -> Double? {
    let (key, text) = Self.keys[turn % Self.keys.count]
    turn += 1
    // What comes meanwhile is read, as a terminal does; the moments differ, so that keys come at any
    // point of the program's round.
    let pause = ContinuousClock.now + .milliseconds(150 + turn * 37 % 101)
    while ContinuousClock.now < pause { _ = try read(within: 10) }
    Array(key.utf8).withUnsafeBytes { _ = write(keyboard, $0.baseAddress, $0.count) }
    return try answer(text)
  }

  private func answer(_ text: String) throws -> Double? {
    let start = ContinuousClock.now
    let wanted = Array(text.utf8)
    var seen: [UInt8] = []
    while ContinuousClock.now - start < Self.patience {
      seen += try read(within: 100)
      if seen.has(wanted) { return (ContinuousClock.now - start) / .seconds(1) }
      seen = Array(seen.suffix(wanted.count))
    }
    return nil
  }

  /// What the program writes within some milliseconds.
  private func read(within milliseconds: Int32) throws -> [UInt8] {
    guard process.isRunning else {
      throw SoakProblem(text: "the program ended with status \(process.terminationStatus)")
    }
    var place = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    guard poll(&place, 1, milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(keyboard, &bytes, bytes.count)
    return Array(bytes.prefix(max(count, 0)))
  }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }
}

extension [UInt8] {
  /// Whether `part` stands in it.
  fileprivate func has(_ part: [UInt8]) -> Bool {
    guard part.count <= count else { return false }
    return (0...count - part.count).contains { self[$0..<$0 + part.count].elementsEqual(part) }
  }
}
