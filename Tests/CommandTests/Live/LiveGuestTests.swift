import Foundation
import Testing

/// A real guest is recorded while it runs, and compared with what QEMU itself logged of the same run.
///
/// Through a FIFO, which works everywhere, and through the kernel's tracepoints where this machine has
/// KVM and lets tracing instances be made.
@Suite(.serialized) struct LiveGuestTests {
  /// Waits until the guest's firmware has read the disk `count` times.
  private func waitForReads(_ count: Int, in log: URL) -> Bool {
    wait(seconds: 240) {
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").filter { $0.contains("virtio_queue_notify") }.count
        >= count
    }
  }

  @Test func throughAFIFO() throws {
    let guest = try LiveGuest(accelerator: "tcg", log: "fifo") { folder in
      for name in ["fifo", "fifo2"] { mkfifo(folder.appending(path: name).path, 0o600) }
      // Keeps what QEMU writes, and passes it on.
      let tee = Process()
      tee.executableURL = URL(filePath: "/bin/sh")
      tee.arguments = ["-c", "tee log < fifo > fifo2"]
      tee.currentDirectoryURL = folder
      try tee.run()
    }
    let running = try RunningCommand(
      ["record", "fifo2", "-o", "live.pcapng", "--qmp", "qmp", "--snapshot-rings"],
      in: guest.qemu.folder)
    #expect(wait { running.errors.contains("recording fifo2") }, "\(running.errors)")
    try guest.execute("cont")
    let log = guest.qemu.folder.appending(path: "log")
    #expect(waitForReads(20, in: log))
    try guest.execute("stop")
    let indexes = try guest.indexes()
    try guest.execute("quit")
    // The end of QEMU is the end of the pipe, and of the recording.
    #expect(wait { !running.process.isRunning })
    #expect(running.process.terminationStatus == 0 && running.errors.contains("0 lost"))
    let live = try steps(of: guest.qemu.folder.appending(path: "live.pcapng").path)
    #expect(live.filter { $0.hasPrefix("kick") }.count >= 20)
    #expect(try live == steps(of: log.path))
    try expectRings(in: guest.qemu.folder, like: indexes)
    try expectSameFindings(guest.qemu.folder, "live.pcapng", "log")
  }

  /// On the screen: what is found in QEMU's own log of the same run, and the rings as they are, read
  /// from the guest's memory.
  @Test func onTheScreen() throws {
    let guest = try LiveGuest(accelerator: "tcg", log: "fifo") { folder in
      for name in ["fifo", "fifo2"] { mkfifo(folder.appending(path: name).path, 0o600) }
      let tee = Process()
      tee.executableURL = URL(filePath: "/bin/sh")
      tee.arguments = ["-c", "tee log < fifo > fifo2"]
      tee.currentDirectoryURL = folder
      try tee.run()
    }
    let folder = guest.qemu.folder.path
    let terminal = try Tmux(columns: 200, rows: 60)
    try terminal.remember()
    try terminal.run("\(Command.vtrace.path) live \(folder)/fifo2 --qmp \(folder)/qmp")
    try terminal.wait(for: "2 transactions")
    try guest.execute("cont")
    let log = guest.qemu.folder.appending(path: "log")
    #expect(waitForReads(20, in: log))
    try guest.execute("stop")
    let indexes = try guest.indexes()
    // The pane reads memory ten times a second, so that it comes to what QEMU has.
    // The driver may be one step further than the device has looked.
    try terminal.wait { shown in
      [indexes.available, indexes.available + 1].contains {
        shown.contains("avail \($0), used \(indexes.used);")
      }
    }
    try guest.execute("quit")
    try terminal.wait { $0.contains("  ended") }
    let (live, found) = (try terminal.shownFindings(), try findings(of: log.path))
    #expect(live == found && found.count == 1, "\(live) \(found)")
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  /// The recorded rings at the end, against QEMU's indexes: the guest may have gone one step further
  /// than its last kick or interrupt.
  private func expectRings(in folder: URL, like qemu: (available: Int, used: Int)) throws {
    let command = try Command.vtrace(
      "rings", folder.appending(path: "live.pcapng").path, "--format", "json")
    let report = try JSONSerialization.jsonObject(with: Data(command.output.utf8))
    let device = ((report as? [String: Any])?["devices"] as? [[String: Any]])?.first
    let queue = try #require((device?["queues"] as? [[String: Any]])?.first, "\(command.errors)")
    let available = try #require(queue["availIndex"] as? Int)
    let used = try #require(queue["usedIndex"] as? Int)
    #expect(available > 10 && used > 10)
    #expect(0...1 ~= qemu.available - available && 0...1 ~= qemu.used - used, "\(qemu) \(queue)")
    #expect((queue["faults"] as? [Any])?.isEmpty == true)
  }

  /// Rules that both recordings can decide say the same.
  private func expectSameFindings(_ folder: URL, _ names: String...) throws {
    let found = try names.map { name in
      let report = try Command.vtrace(
        "analyze", "--format", "json", folder.appending(path: name).path)
      let object =
        try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
      let findings = object?["findings"] as? [[String: Any]] ?? []
      return findings.map { "\($0["rule"] ?? "") \($0["message"] ?? "") \($0["count"] ?? "")" }
    }
    // What SeaBIOS does, as fixtures/README.md says.
    #expect(found[0].count == 1 && found[0][0].hasPrefix("pci.common.wait-reset"), "\(found)")
    #expect(found.allSatisfy { $0 == found[0] }, "\(found)")
  }

  /// A guest that booted before: its monitor tells where the devices and their queues are.
  @Test func aGuestThatBootedBefore() throws {
    let guest = try LiveGuest(accelerator: "tcg", log: "log", logs: false)
    try guest.execute("cont")
    #expect(try wait(seconds: 240) { try guest.indexes().used > 5 })
    let running = try RunningCommand(
      ["record", "log", "--follow", "-o", "live.pcapng", "--qmp", "qmp", "--snapshot-rings"],
      in: guest.qemu.folder)
    #expect(wait { running.errors.contains("recording log") }, "\(running.errors)")
    try guest.beginLog()
    #expect(waitForReads(5, in: guest.qemu.folder.appending(path: "log")))
    try guest.execute("stop")
    let recording = guest.qemu.folder.appending(path: "live.pcapng").path
    let kicks = try steps(of: guest.qemu.folder.appending(path: "log").path)
      .filter { $0.hasPrefix("kick") }
    #expect(wait { (try? steps(of: recording).filter { $0.hasPrefix("kick") }) == kicks })
    #expect(running.end() == 0, "\(running.errors)")
    let report = try Command.vtrace("analyze", recording)
    #expect(report.output.contains("0000:00:01.0  blk (block device)"), "\(report.output)")
    #expect(report.status == 0, "\(report.output)")
    #expect(!running.errors.contains(" 0 looks at rings"), "\(running.errors)")
    // The hint tells where the rings lie, so that they are followed.
    let listing = try Command.vtrace("analyze", "--no-rules", "--transactions", recording).output
    #expect(
      listing.contains("used.idx queue[0]") && listing.contains("avail queue[0]"), "\(listing)")
    let rings = try Command.vtrace("rings", recording)
    #expect(rings.output.contains("queue 0: split"), "\(rings.output)")
  }

  // MARK: KVM

  /// Whether this machine has KVM and lets a tracing instance be made, and what stands before the
  /// command: where tracefs is not mounted, a mount that only the command sees.
  static let wrapper: [String]? = {
    guard access("/dev/kvm", R_OK | W_OK) == 0, geteuid() == 0 else { return nil }
    if access("/sys/kernel/tracing/instances", W_OK) == 0 { return [] }
    let mount = "mount -t tracefs nodev /sys/kernel/tracing && exec \"$0\" \"$@\""
    let wrapper = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", mount]
    let probe = try? Command.run(
      URL(filePath: wrapper[0]),
      Array(wrapper.dropFirst()) + ["/bin/ls", "/sys/kernel/tracing/events/kvm/kvm_mmio"])
    return probe?.status == 0 ? wrapper : nil
  }()

  static func instances() throws -> [String] {
    let folder = "/sys/kernel/tracing/instances"
    guard let wrapper, !wrapper.isEmpty else {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    }
    let list = try Command.run(
      URL(filePath: wrapper[0]), Array(wrapper.dropFirst()) + ["/bin/ls", folder])
    return list.output.split(separator: "\n").map(String.init)
  }

  private func record(
    _ guest: LiveGuest, _ more: [String] = []
  ) throws -> RunningCommand {
    let wrapper = Self.wrapper ?? []
    let running = try RunningCommand(
      ["record", "kvm", "--pid", "\(guest.qemu.identifier)", "-o", "live.pcapng"] + more,
      in: guest.qemu.folder, wrapper: wrapper)
    // The shell of the wrapper becomes the command, with the same number.
    let name = "vtrace-\(running.process.processIdentifier)"
    #expect(wait { running.errors.contains("recording kvm") }, "\(running.errors)")
    #expect(try Self.instances().contains(name))
    return running
  }

  @Test(
    .enabled(
      if: wrapper != nil,
      "no /dev/kvm or no right to make a tracing instance here: the FIFO is tested alone"))
  func throughKVM() throws {
    let guest = try LiveGuest(accelerator: "kvm", log: "log")
    let running = try record(guest, ["--qmp", "qmp", "--snapshot-rings"])
    try guest.execute("cont")
    let log = guest.qemu.folder.appending(path: "log")
    #expect(waitForReads(20, in: log))
    try guest.execute("stop")
    let indexes = try guest.indexes()
    #expect(running.end(by: SIGINT) == 0, "\(running.errors)")
    #expect(running.errors.contains(", 0 lost;"), "\(running.errors)")
    let live = try steps(of: guest.qemu.folder.appending(path: "live.pcapng").path)
    #expect(live.filter { $0.hasPrefix("kick") }.count >= 20)
    #expect(try live == steps(of: log.path))
    try expectRings(in: guest.qemu.folder, like: indexes)
    try expectSameFindings(guest.qemu.folder, "live.pcapng", "log")
  }

  /// However it ends, nothing stays behind; what a killed one left, the next one removes.
  @Test(.enabled(if: wrapper != nil, "no /dev/kvm or no right to make a tracing instance here"))
  func theInstanceGoesWithTheCommand() throws {
    let guest = try LiveGuest(accelerator: "kvm", log: "log")
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      let running = try record(guest)
      #expect(running.end(by: signal) == 0, "\(running.errors)")
      let name = "vtrace-\(running.process.processIdentifier)"
      #expect(try !Self.instances().contains(name))
    }
    let killed = try record(guest)
    let name = "vtrace-\(killed.process.processIdentifier)"
    #expect(killed.end(by: SIGKILL) == SIGKILL)
    #expect(try Self.instances().contains(name))
    let next = try record(guest)
    // Another one beside it does not take the living one's instance.
    let beside = try record(guest, ["--duration", "1s"])
    #expect(try !Self.instances().contains(name))
    #expect(
      try Self.instances().contains("vtrace-\(next.process.processIdentifier)"))
    #expect(wait { !beside.process.isRunning } && beside.process.terminationStatus == 0)
    // The machine's end is the recording's.
    try guest.execute("quit")
    #expect(wait { !next.process.isRunning })
    #expect(next.process.terminationStatus == 0, "\(next.errors)")
    let left = try Self.instances().filter {
      $0 == name || $0.hasSuffix("\(next.process.processIdentifier)")
    }
    #expect(left.isEmpty)
  }

  /// The same for the screen, whatever ends it: a key, a signal, or the end of the terminal.
  @Test(
    .enabled(if: wrapper != nil, "no /dev/kvm or no right to make a tracing instance here"),
    arguments: ["q", "C-c", "TERM", "KILL"])
  func theInstanceGoesWithTheScreen(end: String) throws {
    let guest = try LiveGuest(accelerator: "kvm", log: "log")
    let terminal = try Tmux(columns: 80, rows: 24)
    try terminal.remember()
    let words = (Self.wrapper ?? []) + [Command.vtrace.path, "live", "kvm"]
    let line = (words + ["--pid", "\(guest.qemu.identifier)"]).map { "'\($0)'" }
    try terminal.run("clear; " + line.joined(separator: " "))
    try terminal.wait(for: "2 transactions")
    let child = try terminal.child
    #expect(try Self.instances().contains("vtrace-\(child)"))
    try guest.execute("cont")
    try terminal.wait { $0.contains(" blk ") && $0.contains("kick queue[0]") }
    switch end {
    case "TERM": kill(child, SIGTERM)
    case "KILL": kill(try #require(Int32(terminal.fact("pid"))), SIGKILL)
    default: try terminal.press(end)
    }
    #expect(try wait { try !Self.instances().contains("vtrace-\(child)") })
    if end != "KILL" {
      try terminal.expectRestored(status: ["q": "0", "C-c": "130", "TERM": "143"][end] ?? "")
    }
  }

  /// A buffer too small for the guest loses events, and says so.
  @Test(.enabled(if: wrapper != nil, "no /dev/kvm or no right to make a tracing instance here"))
  func whatIsLostIsCounted() throws {
    let guest = try LiveGuest(accelerator: "kvm", log: "log")
    let running = try record(guest, ["--buffer", "8"])
    kill(running.process.processIdentifier, SIGSTOP)
    try guest.execute("cont")
    #expect(waitForReads(20, in: guest.qemu.folder.appending(path: "log")))
    try guest.execute("stop")
    kill(running.process.processIdentifier, SIGCONT)
    #expect(running.end() == 0, "\(running.errors)")
    let recording = guest.qemu.folder.appending(path: "live.pcapng").path
    if running.errors.contains("events lost, nobody knows how many") {
      // A page of the kernel that is quite full has no room for the number.
      #expect(try Command.vtrace("analyze", recording).output.contains("events lost"))
      return
    }
    let words = running.errors.split(separator: " ")
    let place = try #require(words.firstIndex { $0.hasPrefix("lost") })
    let lost = try #require(UInt64(words[place - 1]), "\(running.errors)")
    #expect(lost > 0)
    let report = try Command.vtrace("analyze", "--format", "json", recording)
    #expect(
      report.output.contains("\"lost\":\(lost)") || report.output.contains("\"lost\": \(lost)"))
  }

  @Test(.enabled(if: geteuid() == 0)) func aMissingRightIsNamed() throws {
    let wrapper = (Self.wrapper ?? [])
    let words =
      wrapper + [
        "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
        Command.vtrace.path, "record", "kvm", "-o", "/dev/null",
      ]
    let command = try Command.run(URL(filePath: words[0]), Array(words.dropFirst()))
    #expect(command.status == 2)
    #expect(
      command.errors.contains("the right to make a tracing instance is missing")
        || command.errors.contains("tracefs is not mounted"), "\(command.errors)")
  }
}
