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
