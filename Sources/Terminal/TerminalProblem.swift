/// Why there can be no screen.
public enum TerminalProblem: Error, CustomStringConvertible, Sendable {
  case outputIsNoTerminal
  case noKeyboard
  /// The value of TERM that terminfo does not know.
  case unknownTerminal(String)
  case system(String)

  public var description: String {
    switch self {
    case .outputIsNoTerminal: "standard output is no terminal"
    case .noKeyboard: "there is no keyboard: neither standard input nor /dev/tty is a terminal"
    case .unknownTerminal(let name):
      name.isEmpty ? "TERM is not set" : "terminfo does not know the terminal '\(name)' (TERM)"
    case .system(let what): what
    }
  }
}
