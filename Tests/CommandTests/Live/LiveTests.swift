import Foundation
import Glibc
import Testing

/// `vtrace live` in a real terminal.
@Suite(.serialized) struct LiveTests {
  private func start(_ line: String, columns: Int = 200, rows: Int = 60) throws -> Tmux {
    let terminal = try Tmux(columns: columns, rows: rows)
    try terminal.remember()
    try terminal.run(line)
    try terminal.wait(for: "2 transactions")
    return terminal
  }

  private func path(_ fixture: String) -> String { packageRoot.appending(path: fixture).path }

  /// What live shows is what is found in that which `record` writes from the same source; the keys come
  /// from the terminal, because standard input is the source.
  @Test(arguments: [
    Recorded.clean, Recorded.broken, Recorded.warned, Recorded.noted, Recorded.binary,
  ])
  func findingsAreThoseOfTheRecording(fixture: String) throws {
    let terminal = try start("cat \(path(fixture)) | \(Command.vtrace.path) live -")
    try terminal.wait { $0.contains("  ended") }
    let output = terminal.folder.path("out.pcapng")
    let recorded = try Command.run(
      Command.vtrace, ["record", "-", "-o", output],
      input: try Data(contentsOf: URL(filePath: path(fixture))))
    #expect(recorded.status == 0, "\(recorded.errors)")
    let (shown, found) = (try terminal.shownFindings(), try findings(of: output))
    #expect(shown == found, "\(shown)\n\(found)")
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  /// A growing file; the frozen screen stays as it is while the source goes on.
  @Test func aGrowingFileIsFollowedAndFrozen() throws {
    let original = path(Recorded.warned)
    let log = try String(contentsOfFile: original, encoding: .utf8)
    let lines = log.split(separator: "\n").map { $0 + "\n" }
    let folder = try Folder()
    let growing = try folder.write("growing.log", lines.prefix(lines.count / 2).joined())
    let terminal = try start(
      "\(Command.vtrace.path) live --follow \(growing)", columns: 80, rows: 24)
    try terminal.wait { $0.contains("FOLLOW") && !$0.contains("waiting for") }
    try terminal.press("Space")
    let frozen = try terminal.wait(for: "FROZEN")
    let writer = try #require(FileHandle(forWritingAtPath: growing))
    try writer.seekToEnd()
    try writer.write(contentsOf: Data(lines.suffix(from: lines.count / 2).joined().utf8))
    let behind = try terminal.wait(for: "FROZEN +")
    #expect(behind.split(separator: "\n").dropFirst() == frozen.split(separator: "\n").dropFirst())
    try terminal.press("G")
    let all = try terminal.wait { $0.contains("FOLLOW") }
    #expect(all != frozen)
    let count = try allSteps(original)
    try terminal.wait(for: "\(count)/\(count)")
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  private func allSteps(_ recording: String) throws -> Int {
    let report = try Command.vtrace("analyze", "--format", "jsonl", recording).output
    return report.split(separator: "\n").count { $0.contains("\"type\":\"transaction\"") }
  }

  /// The history is bounded, and what it dropped is counted.
  @Test func whatIsDroppedIsCounted() throws {
    let fixture = path("fixtures/x86/ring-packed-noindirect.qemu.log.zst")
    let terminal = try start(
      "\(Command.vtrace.path) live --history 100 - < \(fixture)", columns: 100, rows: 24)
    let shown = try terminal.wait { $0.contains("  ended") }
    let words = shown.split(separator: "\n")[0].split(separator: " ")
    let place = try #require(words.firstIndex(of: "dropped"), "\(shown)")
    let dropped = try #require(Int(words[place - 1].filter { $0 != "," }))
    let title = try #require(shown.split(separator: "\n").first { $0.contains("2 transactions") })
    let total = try #require(title.split(separator: "/").last)
    let kept = try #require(Int(total.filter(\.isNumber)))
    #expect(try kept >= 100 && dropped + kept == allSteps(fixture))
  }

  /// A pipe that nobody writes to ends when somebody asks for it, by key or by signal.
  @Test(arguments: [(nil, "0"), (SIGINT, "130"), (SIGTERM, "143")])
  func anIdleSourceEnds(signal: Int32?, status: String) throws {
    let folder = try Folder()
    mkfifo(folder.path("fifo"), 0o600)
    let terminal = try start("\(Command.vtrace.path) live \(folder.path("fifo"))")
    if let signal {
      kill(try terminal.child, signal)
    } else {
      try terminal.press("q")
    }
    try terminal.expectRestored(status: status)
  }

  /// The terminal goes away: the program does not stay behind.
  @Test func theEndOfTheTerminalIsTheEnd() throws {
    let folder = try Folder()
    mkfifo(folder.path("fifo"), 0o600)
    let terminal = try start("\(Command.vtrace.path) live \(folder.path("fifo"))")
    let child = try terminal.child
    let server = try #require(Int32(terminal.fact("pid")))
    kill(server, SIGKILL)
    #expect(wait { !isRunning(child) })
  }

  /// One that ended and that nobody asked after does not run.
  private func isRunning(_ process: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return text.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/bus/virtio/devices")))
  func theMachinesOwnDevices() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "/sys/bus/virtio/devices")
    let terminal = try start("\(Command.vtrace.path) live sysfs")
    let shown = try terminal.wait { shown in names.allSatisfy { shown.contains($0) } }
    #expect(shown.contains("the state of devices alone is seen here"))
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  @Test(arguments: [
    (["live", "/nonexistent"], "cannot open it"),
    (["live", "-"], "standard output is no terminal"),
    (["live", "-", "--no-rings"], "--no-rings needs --qmp"),
    (["live", "x", "--pid", "1"], "belong to the source kvm"),
    (["live", "kvm", "--follow"], "only a file is followed"),
    (["live", "-", "--qmp", "/nonexistent"], "/nonexistent"),
  ])
  func whatCannotBeDoneIsStatus2(arguments: [String], message: String) throws {
    let command = try Command.run(Command.vtrace, arguments)
    #expect(command.status == 2 && command.errors.contains(message), "\(command.errors)")
  }
}

/// Findings of a recording: message and rule, in the order of their records.
func findings(of recording: String) throws -> [String] {
  let text = try Command.vtrace("analyze", "--format", "json", recording).output
  let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  let findings = object?["findings"] as? [[String: Any]] ?? []
  return findings.map { finding in
    let count = finding["count"] as? Int ?? 1
    let times = count > 1 ? "\(count)× " : ""
    return "\(times)\(finding["message"] ?? "")  \(finding["rule"] ?? "")"
  }.sorted()
}

extension Tmux {
  /// The findings that the view in this terminal shows, without severity, record and device.
  func shownFindings() throws -> [String] {
    try press("5", "z")
    // Twice the same: else it may be a screen of which only a part was painted.
    var last = ""
    let shown = try wait { text in
      defer { last = text }
      return text == last && text.contains("5 findings") && !text.contains("2 transactions")
    }
    try press("z")
    return shown.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 3)
      guard words.count == 4, ["error", "warning", "note"].contains(words[0]) else { return nil }
      return words[3].trimmingCharacters(in: .whitespaces)
    }.sorted()
  }
}
