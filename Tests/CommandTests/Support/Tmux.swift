import Foundation

/// A terminal that a test has to itself: a tmux server with a socket and a shell of its own.
final class Tmux {
  private let socket = "vtrace-\(UUID().uuidString)"
  let folder: Folder

  /// Starts a shell on a screen of that size.
  ///
  /// - Parameter variables: the environment of the shell, beside what it has anyway.
  init(columns: Int, rows: Int, variables: [String: String] = [:]) throws {
    folder = try Folder()
    let settings =
      "set -g default-terminal screen-256color\nset -s set-clipboard on\nset -g mouse on\n"
    let file = try folder.write("tmux.conf", settings)
    var environment = ["LANG": "C.UTF-8", "LC_ALL": "", "NO_COLOR": "", "PS1": "ready$ "]
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment.merge(variables) { $1 }
    let words = environment.map { "\($0)=\($1)" }.sorted()
    // Foundation waits for a descriptor of its own to be closed, which the server would inherit.
    let closing =
      "for place in /proc/$$/fd/*; do n=${place##*/}; "
      + "[ $n -lt 3 ] || [ $n = 255 ] || eval \"exec $n>&-\"; done; exec \"$@\""
    let start = [
      "-u", "-f", file, "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "env",
    ]
    let result = try Command.run(
      URL(filePath: "/usr/bin/env"),
      ["bash", "-c", closing, "bash", "tmux", "-L", socket] + start + words + ["sh", "-i"],
      variables: Self.locale)
    guard result.status == 0 else { throw Failure(text: "tmux: \(result.errors)") }
    try wait { $0.contains("ready$") }
  }

  /// `kill-server` alone was seen to leave server and shell behind.
  deinit {
    let processes = ["pid", "pane_pid"].compactMap { try? Int32(fact($0)) }
    _ = try? tmux(["kill-server"])
    for process in processes where process > 1 { kill(process, SIGKILL) }
  }

  private static let locale = ["LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]

  @discardableResult
  func tmux(_ arguments: [String]) throws -> String {
    let env = URL(filePath: "/usr/bin/env")
    let result = try Command.run(
      env, ["tmux", "-L", socket] + arguments, variables: Self.locale)
    guard result.status == 0 else { throw Failure(text: "tmux: \(result.errors)") }
    return result.output
  }

  /// Types keys by their names, or text.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types text as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// Runs a command line in the shell.
  func run(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// What the screen shows.
  func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

  /// One of tmux's facts about the pane.
  func fact(_ name: String) throws -> String {
    try tmux(["display-message", "-p", "#{\(name)}"]).trimmingCharacters(in: .newlines)
  }

  /// Waits until a fact of the pane has a value.
  func wait(until name: String, is value: String) throws {
    for _ in 0..<400 {
      if try fact(name) == value { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw Failure(text: "\(name) never became \(value); the screen shows:\n\(try screen())")
  }

  /// The process that the shell runs.
  var child: Int32 {
    get throws {
      let shell = try fact("pane_pid")
      let children = try String(
        contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
      guard let first = children.split(separator: " ").first, let number = Int32(first) else {
        throw Failure(text: "the shell runs nothing")
      }
      return number
    }
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Waits until the screen is as wanted, and returns it.
  @discardableResult
  func wait(_ isWanted: (String) -> Bool) throws -> String {
    var shown = ""
    for _ in 0..<400 {
      shown = try screen()
      if isWanted(shown) { return shown }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw Failure(text: "the screen never came to that; it shows:\n\(shown)")
  }

  /// The same, for text that is to be there.
  @discardableResult
  func wait(for text: String) throws -> String { try wait { $0.contains(text) } }

  struct Failure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }
}
