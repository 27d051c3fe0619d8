internal import CNcurses
internal import Glibc

/// Gives the terminal back when the process crashes in the middle of a screen.
///
/// A handler may call next to nothing: what it writes is made before, and lies in memory that is
/// never freed.
enum TerminalRescue {
  /// What the handlers need. Written once, before the handlers are installed.
  @unsafe private struct Kit {
    var descriptor: Int32 = -1
    var modes = termios()
    var text: UnsafeMutablePointer<UInt8>?
    var count = 0
    var former: UnsafeMutablePointer<sigaction>?
    var isArmed = false
  }

  /// Vouched for: written by `arm` before any handler is there, and by `disarm`, on one thread; a
  /// handler only reads it.
  nonisolated(unsafe) private static var kit = unsafe Kit()

  /// The signals of a crash.
  private static let crashes = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  /// Remembers the modes of the terminal, before a screen changes them.
  static func remember(_ descriptor: Int32) {
    unsafe kit.descriptor = descriptor
    // Fills the structure during the call.
    _ = unsafe tcgetattr(descriptor, &kit.modes)
  }

  /// Installs the handlers; call when the screen is there, whose capabilities are written by them.
  static func arm() {
    var bytes: [UInt8] = []
    for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] { bytes += capability(name) }
    if !capability("kmous").isEmpty { bytes += Array("\u{1b}[?1000l\u{1b}[?1006l".utf8) }
    bytes += Array("\r".utf8)
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    // Just allocated with that capacity.
    unsafe text.initialize(from: bytes, count: bytes.count)
    let former = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    unsafe former.initialize(repeating: sigaction(), count: 65)
    unsafe kit.text = text
    unsafe kit.count = bytes.count
    unsafe kit.former = former
    unsafe kit.isArmed = true
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { TerminalRescue.crashed($0) }
    for signal in crashes {
      // Both structures are valid for the call; a signal's number is below 65.
      _ = unsafe sigaction(signal, &action, former + Int(signal))
    }
  }

  /// Takes the handlers off again: the screen was closed in good order.
  static func disarm() {
    guard unsafe kit.isArmed, let former = unsafe kit.former else { return }
    unsafe kit.isArmed = false
    for signal in crashes { _ = unsafe sigaction(signal, former + Int(signal), nil) }
  }

  /// Restores the terminal's modes, and writes what it is told to leave the screen if `output` takes
  /// that now; from any thread.
  static func giveBack(to output: Int32) {
    if let text = unsafe kit.text { _ = unsafe write(output, text, kit.count) }
    _ = unsafe tcsetattr(kit.descriptor, TCSANOW, &kit.modes)
  }

  /// Restores the terminal and lets the signal have its course: whoever handled it before, or the
  /// system, gets it when the instruction is tried again.
  private static func crashed(_ signal: Int32) {
    if unsafe kit.isArmed, let text = unsafe kit.text {
      unsafe kit.isArmed = false
      _ = unsafe write(kit.descriptor, text, kit.count)
      _ = unsafe tcsetattr(kit.descriptor, TCSANOW, &kit.modes)
    }
    if let former = unsafe kit.former { _ = unsafe sigaction(signal, former + Int(signal), nil) }
    if signal == SIGABRT || signal == SIGTRAP { _ = raise(signal) }
  }

  /// What terminfo says of a capability, without its delays (`$<5>`).
  private static func capability(_ name: String) -> [UInt8] {
    // The text belongs to terminfo and is copied at once.
    guard let text = unsafe vt_capability(name) else { return [] }
    var bytes: [UInt8] = []
    var isDelay = false
    for byte in unsafe Array(String(cString: text).utf8) {
      if isDelay {
        isDelay = byte != UInt8(ascii: ">")
      } else if byte == UInt8(ascii: "<"), bytes.last == UInt8(ascii: "$") {
        bytes.removeLast()
        isDelay = true
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
