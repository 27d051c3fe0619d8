import Foundation
import Glibc
import Testing

/// A signal ends the program within seconds, also where its terminal takes nothing any more.
@Suite(.serialized) struct StoppedTerminalTests {
  /// What keeps a terminal from taking what is written.
  enum Cause: CaseIterable {
    /// A person pressed Ctrl-S.
    case stopped
    /// Nobody reads the other side.
    case unread
    /// Another process writes more than anybody reads, and has the terminal to itself until it ends: to
    /// drop what waits makes room for it alone.
    case flooded
  }

  /// Makes the screen of a process wait for its terminal; the other process that writes to it.
  private func stop(_ pty: Pty, _ process: Process, _ cause: Cause) throws -> Process? {
    if cause == .stopped { pty.type("\u{13}") }
    let flood = cause == .flooded ? try pty.flood() : nil
    let isStopped = wait(seconds: 30) {
      // To draw anew takes some kilobytes each time.
      pty.type("\u{c}")
      return Pty.isWriting(process.processIdentifier)
    }
    #expect(isStopped)
    Thread.sleep(forTimeInterval: 0.3)
    #expect(Pty.isWriting(process.processIdentifier))
    return flood
  }

  /// Ends what floods the terminal, which may have inherited that other signals are held back.
  private func end(_ flood: Process) {
    kill(flood.processIdentifier, SIGKILL)
    flood.waitUntilExit()
  }

  private func expectEnd(_ process: Process, within seconds: Double = 6) {
    let isOver = wait(seconds: seconds) { !process.isRunning }
    #expect(isOver)
    if !isOver { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  @Test(arguments: Cause.allCases, [SIGTERM, SIGINT, SIGHUP])
  func aScreenEnds(cause: Cause, signal: Int32) throws {
    let pty = try Pty()
    let process = try pty.start([
      Command.vtrace.path, "view", "fixtures/mmio-other/riscv64-uboot-modern-blk.log",
    ])
    try pty.read(until: "52")
    #expect(!pty.isCooked)
    let flood = try stop(pty, process, cause)
    kill(process.processIdentifier, signal)
    expectEnd(process)
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
    #expect(pty.isCooked)
    guard let flood else {
      // What was dropped was of the screen: that it is left is told.
      try pty.read(until: "\u{1b}[?1049l")
      return
    }
    // The screen never came to write: only the modes could be given back.
    #expect(flood.isRunning)
    end(flood)
  }

  /// Its tracing instance goes with it.
  @Test(
    .enabled(
      if: LiveGuestTests.wrapper != nil,
      "no /dev/kvm or no right to make a tracing instance here"),
    arguments: Cause.allCases)
  func theInstanceGoes(cause: Cause) throws {
    let guest = try LiveGuest(accelerator: "kvm", log: "log")
    let pty = try Pty()
    let words = (LiveGuestTests.wrapper ?? []) + [Command.vtrace.path, "live", "kvm", "--pid"]
    let process = try pty.start(words + ["\(guest.qemu.identifier)"])
    try pty.read(until: "2 transactions")
    let name = "vtrace-\(process.processIdentifier)"
    #expect(try LiveGuestTests.instances().contains(name))
    let flood = try stop(pty, process, cause)
    kill(process.processIdentifier, SIGTERM)
    expectEnd(process)
    if let flood { end(flood) }
    #expect(process.terminationStatus == SIGTERM && pty.isCooked)
    #expect(try !LiveGuestTests.instances().contains(name))
  }

  /// `record` writes its progress to a terminal that may be stopped, and goes on recording.
  @Test(arguments: [SIGTERM, SIGINT])
  func aRecordingEnds(signal: Int32) throws {
    let folder = try Folder()
    mkfifo(folder.path("fifo"), 0o600)
    let writer = open(folder.path("fifo"), O_RDWR | O_CLOEXEC)
    defer { close(writer) }
    let pty = try Pty()
    let process = try pty.start([
      Command.vtrace.path, "record", folder.path("fifo"), "-o", folder.path("out.pcapng"),
    ])
    try pty.read(until: "0 accesses")
    pty.type("\u{13}")
    // Longer than it takes to write the next line of progress.
    Thread.sleep(forTimeInterval: 1.5)
    let log = try Data(contentsOf: packageRoot.appending(path: Recorded.clean))
    log.withUnsafeBytes { _ = write(writer, $0.baseAddress, $0.count) }
    #expect(
      try wait(seconds: 20) {
        try folder.vtrace("analyze", "out.pcapng").output.contains("rng (entropy source)")
      })
    kill(process.processIdentifier, signal)
    expectEnd(process)
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    let again = try folder.vtrace("analyze", "out.pcapng")
    #expect(again.status == 0 && again.output.contains("rng (entropy source)"), "\(again.errors)")
  }
}
