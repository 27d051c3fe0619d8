import Foundation
import Testing

/// Which machine is meant where several processes have /dev/kvm open and nobody said it.
@Suite(
  .serialized,
  .enabled(if: access("/dev/kvm", R_OK) == 0, "no /dev/kvm here, which a process could have open"))
struct MachineChoiceTests {
  /// A process that has /dev/kvm open and does nothing; it is ended with its owner.
  final class Holder {
    let process = Process()
    var number: Int32 { process.processIdentifier }

    init() throws {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "exec sleep 600 3< /dev/kvm"]
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let files = "/proc/\(process.processIdentifier)/fd/3"
      let holds = wait {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: files)) == "/dev/kvm"
      }
      #expect(holds)
    }

    func end() {
      guard process.isRunning else { return }
      kill(number, SIGKILL)
      process.waitUntilExit()
    }

    deinit { end() }
  }

  /// A terminal in which a command asks which machine is meant.
  private func ask(_ words: [String], _ holders: [Holder]) throws -> Tmux {
    let terminal = try Tmux(columns: 120, rows: 24)
    let line = words.map { "'\($0)'" }.joined(separator: " ")
    try terminal.run("clear; \(line)")
    let shown = try terminal.wait(for: "which process?")
    #expect(shown.contains("several processes have /dev/kvm open:"))
    for holder in holders { #expect(shown.contains("  \(holder.number)  sleep 600\n")) }
    return terminal
  }

  @Test(arguments: ["record", "live"]) func withoutATerminalAllAreNamed(command: String) throws {
    let holders = [try Holder(), try Holder()]
    let output = command == "record" ? ["-o", "/dev/null"] : []
    let result = try Command.run(Command.vtrace, [command, "kvm"] + output)
    #expect(result.status == 2)
    for holder in holders { #expect(result.errors.contains("  \(holder.number)  sleep 600\n")) }
    #expect(result.errors.hasSuffix("choose one with --pid\n"))
  }

  @Test(arguments: ["1", "nonsense", ""]) func whatIsNoneOfThemIsStatus2(answer: String) throws {
    let holders = [try Holder(), try Holder()]
    let terminal = try ask([Command.vtrace.path, "record", "kvm", "-o", "/dev/null"], holders)
    try terminal.run(answer)
    try terminal.wait(for: "that is none of them; choose one with --pid")
    try terminal.run("echo status=$?")
    try terminal.wait(for: "status=2\n")
  }

  /// The one that was chosen is watched: its end is that of the recording, and another's is not.
  @Test(
    .enabled(
      if: LiveGuestTests.wrapper != nil,
      "no right to make a tracing instance here: only the question is tested"),
    arguments: ["record", "live"])
  func theChosenOneIsWatched(command: String) throws {
    let holders = [try Holder(), try Holder()]
    let words = (LiveGuestTests.wrapper ?? []) + [Command.vtrace.path, command, "kvm"]
    let terminal = try ask(words + (command == "record" ? ["-o", "/dev/null"] : []), holders)
    try terminal.run("\(holders[1].number)")
    try terminal.wait(for: command == "record" ? "recording kvm" : "2 transactions")
    let child = try terminal.child
    holders[0].end()
    // More than the time after which vtrace looks whether its machine still runs.
    Thread.sleep(forTimeInterval: 1)
    #expect(try terminal.child == child && !terminal.screen().contains("ended"))
    holders[1].end()
    if command == "live" {
      try terminal.wait(for: "  ended")
      try terminal.press("q")
      try terminal.wait(until: "alternate_on", is: "0")
    } else {
      try terminal.wait(for: "records, 0 lost")
    }
    try terminal.run("echo status=$?")
    try terminal.wait(for: "status=0\n")
  }
}
