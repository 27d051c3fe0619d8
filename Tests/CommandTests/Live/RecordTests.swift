import Foundation
import Testing

/// `vtrace record` from files and pipes, and its limits.
@Suite(.serialized) struct RecordTests {
  private let log = packageRoot.appending(path: Recorded.clean).path

  private func report(_ path: String) throws -> String {
    let text = try Command.vtrace("analyze", "--format", "json", path).output
    // What is found, and not where it stands in which file.
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let findings = object["findings"] as? [[String: Any]] ?? []
    return findings.map { "\($0["rule"] ?? "") \($0["message"] ?? "") \($0["count"] ?? "")" }
      .joined(separator: "\n")
  }

  @Test(arguments: [Recorded.clean, Recorded.broken, Recorded.binary])
  func standardInputIsRecorded(fixture: String) throws {
    let folder = try Folder()
    let original = packageRoot.appending(path: fixture)
    let output = folder.path("out.pcapng")
    let command = try Command.run(
      Command.vtrace, ["record", "-", "-o", output], input: try Data(contentsOf: original))
    #expect(command.status == 0 && command.errors.contains("0 lost"), "\(command.errors)")
    #expect(try report(output) == report(original.path))
    #expect(try steps(of: output) == steps(of: original.path))
  }

  @Test func aGrowingFileIsRecordedUntilASignal() throws {
    let folder = try Folder()
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let growing = try folder.write("growing.log", "")
    let running = try RunningCommand(
      ["record", growing, "--follow", "-o", "out.pcapng"], in: folder.url)
    let writer = try #require(FileHandle(forWritingAtPath: growing))
    for line in lines { try writer.write(contentsOf: Data((line + "\n").utf8)) }
    let wanted = try steps(of: log)
    #expect(
      wait { (try? steps(of: folder.path("out.pcapng"))) == wanted && running.process.isRunning })
    #expect(running.end(by: SIGTERM) == 0, "\(running.errors)")
    #expect(try steps(of: folder.path("out.pcapng")) == wanted)
  }

  @Test func aSizeEndsTheRecording() throws {
    let folder = try Folder()
    let original = packageRoot.appending(path: "fixtures/x86/kvm-seabios-blk-modern.qemu.log").path
    let command = try folder.vtrace("record", original, "-o", "out.pcapng", "--max-size", "20K")
    #expect(command.status == 0, "\(command.errors)")
    let size = try Data(contentsOf: folder.url.appending(path: "out.pcapng")).count
    #expect(20 << 10..<21 << 10 ~= size)
    // Packet by packet what a conversion of the whole gives.
    let whole = try folder.vtrace("convert", original, "-o", "whole.pcapng")
    #expect(whole.status == 0, "\(whole.errors)")
    let bytes = try Data(contentsOf: folder.url.appending(path: "out.pcapng"))
    #expect(try Data(contentsOf: folder.url.appending(path: "whole.pcapng")).starts(with: bytes))
  }

  /// Of a ring the last files stay, and hold what came last, each readable by itself.
  @Test func aRingOfFilesKeepsTheLast() throws {
    let folder = try Folder()
    let original = packageRoot.appending(path: "fixtures/x86/kvm-seabios-blk-modern.qemu.log").path
    let hint = try folder.write(
      "hint.json", "{\"transport\": \"mmio\", \"base\": \"0x10000000\", \"deviceID\": 4}")
    let command = try folder.vtrace(
      "record", original, "-o", "out.pcapng", "--max-size", "20K", "--files", "2", "--hint", hint)
    #expect(command.status == 0, "\(command.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      .filter { $0.hasSuffix(".pcapng") }.sorted()
    try #require(names.count == 2 && names.allSatisfy { $0.hasPrefix("out-0") })
    #expect(!names.contains("out-00001.pcapng"))
    for name in names {
      let report = try folder.vtrace("analyze", name)
      #expect(report.output.contains("mmio@0x10000000"), "\(report.output)")
    }
    let whole = try Command.run(
      URL(filePath: "/usr/bin/mergecap"),
      ["-a", "-w", folder.path("whole.pcapng")]
        + names.map(folder.path))
    #expect(whole.status == 0, "\(whole.errors)")
    let last = try steps(of: folder.path("whole.pcapng")).suffix(40)
    #expect(Array(last) == Array(try steps(of: original).suffix(40)))
  }

  @Test func aDurationEndsTheRecording() throws {
    let folder = try Folder()
    let growing = try folder.write("growing.log", try String(contentsOfFile: log, encoding: .utf8))
    let start = Date()
    let command = try folder.vtrace(
      "record", growing, "--follow", "--duration", "1s", "-o", "out.pcapng")
    #expect(command.status == 0 && Date().timeIntervalSince(start) >= 1, "\(command.errors)")
    #expect(try steps(of: folder.path("out.pcapng")) == steps(of: log))
  }

  @Test(arguments: [
    (["record", "sysfs", "-o", "x"], "is for `live`"),
    (["record", "kvm", "-o", "x", "--pid", "2147483647"], "there is no process 2147483647"),
    (["record", "/nonexistent", "-o", "x"], "cannot open it"),
    (["record", "x", "-o", "x", "--pid", "1"], "belong to the source kvm"),
    (["record", "x", "-o", "x", "--files", "2"], "--files needs --max-size"),
    (["record", "-", "-o", "-", "--files", "2", "--max-size", "1M"], "no ring of files"),
    (["record", "-", "--follow", "-o", "x"], "a pipe is followed in any case"),
    (["record", "kvm", "-o", "x", "--buffer", "1"], "is not between"),
    (["record", "x", "-o", "x", "--max-size", "0"], "--max-size"),
    (["record", "x", "-o", "x", "--duration", "5x"], "--duration"),
  ])
  func whatCannotBeDoneIsStatus2(arguments: [String], message: String) throws {
    let folder = try Folder()
    let command = try Command.run(Command.vtrace, arguments, in: folder.url)
    #expect(command.status == 2 && command.errors.contains(message), "\(command.errors)")
  }

  @Test func aFullDiskIsStatus2() throws {
    let command = try Command.vtrace("record", log, "-o", "/dev/full")
    #expect(command.status == 2 && command.errors.contains("cannot write it"), "\(command.errors)")
  }
}
