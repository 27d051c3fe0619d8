import Foundation
import Glibc
import Testing

/// `vtrace view` in a real terminal, driven by keys and read from the screen.
@Suite struct ViewTests {
  private static let uboot = "fixtures/mmio-other/riscv64-uboot-modern-blk.log"

  /// A terminal with the view of a recording in it.
  private func view(
    _ file: String = Self.uboot, columns: Int = 80, rows: Int = 24,
    variables: [String: String] = [:]
  ) throws -> Tmux {
    let terminal = try Tmux(columns: columns, rows: rows, variables: variables)
    try terminal.remember()
    try terminal.run("\(Command.vtrace.path) view \(file)")
    try terminal.wait(for: "2 transactions")
    return terminal
  }

  @Test func quittingGivesTheTerminalBack() throws {
    let terminal = try view()
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  @Test(arguments: [(SIGINT, "130"), (SIGTERM, "143"), (SIGHUP, "129")])
  func aSignalGivesTheTerminalBack(signal: Int32, status: String) throws {
    let terminal = try view()
    kill(try terminal.child, signal)
    try terminal.expectRestored(status: status)
  }

  /// Everything that keys do, through three sizes, and the terminal as it was in the end.
  @Test func aWalk() throws {
    let terminal = try view()
    let screens = [
      ("1", "1 devices"), ("4", "4 rings"), ("5", "5 findings"), ("3", "3 detail"),
      ("2", "2 transactions"),
    ]
    for (key, title) in screens {
      try terminal.press(key)
      try terminal.wait(for: "─ \(title) ")
    }
    try terminal.press("n")
    try terminal.wait(for: "error[core.init.ack-then-driver]")
    try terminal.wait(for: " 9/52 ")
    try terminal.type("/features_ok")
    try terminal.press("Enter")
    try terminal.wait(for: " 19/52 ")
    try terminal.type("fkind == ki")
    try terminal.wait(for: "filter: kind == ki")
    try terminal.press("Tab")
    try terminal.wait(for: "filter: kind == kick")
    try terminal.press("Enter")
    try terminal.wait(for: "/5  filter: kind == kick")
    try terminal.press("Space")
    try terminal.wait(for: "FROZEN")
    let before = try terminal.wait { $0.contains("FROZEN") }
    for (columns, rows) in [(200, 60), (40, 10)] {
      try terminal.resize(columns: columns, rows: rows)
      try terminal.wait { shown in
        // The bar ends with a blank, which is not captured.
        shown.split(separator: "\n").first?.count == columns - 1 && shown.contains("kick")
      }
    }
    try terminal.resize(columns: 80, rows: 24)
    try terminal.wait { $0 == before }
    try terminal.press("s", "C-u")
    let saved = terminal.folder.path("saved.pcapng")
    try terminal.type(saved)
    try terminal.press("Enter")
    try terminal.wait(for: "saved ")
    #expect(FileManager.default.fileExists(atPath: saved))
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  /// Without UTF-8 everything is ASCII, and without colours nothing is coloured.
  @Test func asciiWithoutColours() throws {
    let terminal = try view(variables: ["LANG": "C", "LC_ALL": "C", "NO_COLOR": "1"])
    let shown = try terminal.wait(for: "- 2 transactions ")
    #expect(shown.utf8.allSatisfy { $0 < 0x80 }, "\(shown)")
    #expect(try terminal.colors().allSatisfy { $0.colors.all.isEmpty })
  }

  /// A terminal with 256 colours gets those, one with 16 or 8 the nearest of its own, and one without,
  /// or whoever asks for none, gets none; the text is the same for all.
  @Test func everyTerminalHasItsColours() throws {
    let kinds: [(terminal: String, noColor: String, most: Int)] = [
      ("xterm-256color", "", 255), ("xterm-16color", "", 15), ("xterm", "", 7), ("vt100", "", -1),
      ("xterm-256color", "1", -1),
    ]
    var texts: Set<String> = []
    for kind in kinds {
      let terminal = try view(variables: ["TERM": kind.terminal, "NO_COLOR": kind.noColor])
      // Something of every kind of line: a finding, its detail, a selected line.
      try terminal.wait(for: " 1E ")
      try terminal.press("n")
      texts.insert(try terminal.wait(for: "error[core.init.ack-then-driver]"))
      let shown = try terminal.colors()
      let used = Set(shown.flatMap(\.colors.all))
      #expect(used.allSatisfy { $0 <= kind.most }, "\(kind) \(used)")
      switch kind.most {
      case 255: #expect(used.contains { $0 > 15 })
      case 15: #expect(used.contains { 8...15 ~= $0 } && used.contains { $0 < 8 })
      case 7: #expect(used.count > 2)
      default: #expect(used.isEmpty)
      }
      // The letter before a line with an error is red, in what the terminal has of it.
      let red = [255: 203, 15: 9, 7: 1]
      let letter = shown.first { $0.text.hasPrefix("E ") || $0.text == "E" }
      #expect(letter?.colors.foreground == red[kind.most], "\(kind) \(shown)")
      try terminal.press("q")
      try terminal.expectRestored(status: "0")
    }
    #expect(texts.count == 1)
  }

  @Test func controlCGivesTheTerminalBack() throws {
    let terminal = try view()
    try terminal.press("C-c")
    try terminal.expectRestored(status: "130")
  }

  /// What a trap of Swift, an abort or a bad pointer comes to.
  @Test func aCrashGivesTheTerminalBack() throws {
    let terminal = try view()
    try terminal.type(":crash")
    try terminal.press("Enter")
    // SIGILL on x86, SIGTRAP elsewhere.
    let status = try crashStatus(terminal)
    #expect(status == "132" || status == "133")
    try terminal.expectRestored(status: "0")
  }

  private func crashStatus(_ terminal: Tmux) throws -> String {
    try terminal.wait(until: "alternate_on", is: "0")
    try terminal.run("echo crashed=$?.")
    let shown = try terminal.wait { $0.contains("crashed=1") }
    let line = shown.split(separator: "\n").last { $0.hasPrefix("crashed=") } ?? ""
    return String(line.dropFirst("crashed=".count).prefix { $0 != "." })
  }
}
