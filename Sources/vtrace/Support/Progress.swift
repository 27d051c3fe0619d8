import Recordings

/// A line on standard error that says how far the reading is, once it took over a second and when
/// standard error is a terminal.
final class Progress {
  private let isOn: Bool
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private var isShown = false

  private let total: UInt64

  /// Progress on the input at `path`.
  convenience init(isOn: Bool, path: String) {
    self.init(isOn: isOn, total: FileSize.of(path) ?? 0)
  }

  /// Progress over `total` bytes, 0 where nobody knows.
  init(isOn: Bool, total: UInt64) {
    self.isOn = isOn && StandardStreams.errorIsTerminal
    self.total = total
  }

  /// Takes note that `done` bytes were read.
  func report(_ done: UInt64) {
    guard isOn else { return }
    let now = ContinuousClock.now
    guard now - start > .seconds(1), now - last > .milliseconds(100) else { return }
    last = now
    isShown = true
    let share = total > 0 ? "\(done * 100 / total) %" : "\(done >> 20) MiB"
    let columns = 40
    let filled = total > 0 ? Int(done * UInt64(columns) / total) : 0
    let bar = String(repeating: "#", count: min(filled, columns))
    let rest = String(repeating: ".", count: columns - min(filled, columns))
    StandardError.write("\r[\(bar)\(rest)] \(share) ")
  }

  /// Takes the line away.
  func clear() {
    if isShown { StandardError.write("\r\u{1b}[K") }
  }
}
