import Recordings

/// A line on standard error that says how far a live recording is, when standard error is a terminal.
final class LiveProgress: Sendable {
  private let control: LiveControl
  private let isOn: Bool
  private let start = ContinuousClock.now

  init(_ control: LiveControl, isOn: Bool) {
    self.control = control
    self.isOn = isOn && StandardStreams.errorIsTerminal
  }

  /// Writes the line anew.
  func report() {
    guard isOn else { return }
    let seconds = (ContinuousClock.now - start).components.seconds
    let lost = control.lostUnknown ? "some lost" : "\(control.lost) lost"
    // What is not taken at once is old before it is shown.
    StandardError.write(
      "\r\u{1b}[K\(seconds) s  \(control.accesses) accesses  \(control.bytes >> 10) KiB read  \(lost)"
        + "  (Ctrl-C ends)", within: 0)
  }

  /// Takes the line away.
  func clear() {
    if isOn { StandardError.write("\r\u{1b}[K", within: 0) }
  }
}
