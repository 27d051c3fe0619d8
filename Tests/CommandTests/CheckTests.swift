import Foundation
import Testing

/// `vtrace check`: which files are taken, what is printed, and the exit status of the contract.
@Suite struct CheckTests {
  @Test func cleanIsZeroAFindingOneAndWhatCannotBeReadTwo() throws {
    #expect(try Command.vtrace("check", Recorded.clean).status == 0)
    #expect(try Command.vtrace("check", Recorded.broken).status == 1)
    #expect(try Command.vtrace("check", "no-such-file", Recorded.broken).status == 2)
    #expect(try Command.vtrace("check", "--fail-on", "never", Recorded.broken).status == 0)
    #expect(try Command.vtrace("check", Recorded.warned).status == 0)
    #expect(try Command.vtrace("check", "--fail-on", "warning", Recorded.warned).status == 1)
    #expect(try Command.vtrace("check", "--fail-on", "warning", Recorded.noted).status == 0)
    #expect(try Command.vtrace("check", "--fail-on", "note", Recorded.noted).status == 1)
  }

  @Test(arguments: [
    ["check"], ["check", "--format", "xml", Recorded.clean],
    ["check", "--jobs", "0", Recorded.clean],
    ["check", "--output", "sarif", Recorded.clean],
    ["check", "--output", "sarif=", Recorded.clean],
    ["check", "--output", "sarif=a", "--output", "json=a", Recorded.clean],
    ["check", "--config", "a", "--no-config", Recorded.clean],
    ["check", "--write-baseline", "--no-config", Recorded.clean],
    ["check", "--config", "no-such-file", Recorded.clean],
    ["check", "--baseline", "no-such-file", Recorded.clean],
    ["check", "--output", "sarif=/no/such/folder/a", Recorded.clean],
  ])
  func badArgumentsAreTwo(arguments: [String]) throws {
    let run = try Command.run(Command.vtrace, arguments)
    #expect(run.status == 2)
    #expect(!run.errors.isEmpty)
  }

  /// A line a file, in the order given, and the findings behind their file.
  @Test func textIsALineAFile() throws {
    let run = try Command.vtrace(
      "check", Recorded.clean, Recorded.broken, "no-such-file", Recorded.binary)
    let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(lines.count == 7)
    #expect(lines[0].hasPrefix("\(Recorded.clean): clean (qemu-log, 1 device, "))
    #expect(lines[1].hasPrefix("\(Recorded.broken): 1 error (qemu-log, 1 device, "))
    #expect(lines[2].hasPrefix("error[core.status.no-clear-bits]: driver writes status 0x03"))
    #expect(lines[3] == "no-such-file: not read: cannot open it: No such file or directory")
    #expect(lines[4].hasPrefix("\(Recorded.binary): 1 error (pcapng, 1 device, "))
    #expect(lines[5].hasPrefix("error[feature.dev-no-offer-transport]: device offers "))
    #expect(
      run.output.hasSuffix("\n4 files: 1 clean, 2 with findings, 1 not read; 2 errors\n"))
  }

  @Test func quietPrintsFindingsOnly() throws {
    let clean = try Command.vtrace("check", "--quiet", Recorded.clean)
    #expect(clean.output.isEmpty && clean.errors.isEmpty)
    let broken = try Command.vtrace("check", "--quiet", Recorded.broken, "no-such-file")
    #expect(broken.output.hasPrefix("error[core.status.no-clear-bits]"))
    #expect(broken.errors == "vtrace: no-such-file: cannot open it: No such file or directory\n")
  }

  @Test func aFolderMeansTheRecordingsInIt() throws {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "in/b.log")
    try folder.copy(Recorded.broken, to: "in/a/x.log")
    try folder.copy(Recorded.broken, to: "in/.hidden/x.log")
    try folder.write("in/README.md", "no recording\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("in/loop"), withDestinationPath: folder.path("in"))
    let run = try folder.vtrace("check", "in", "in/b.log")
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n").filter { $0.hasPrefix("in/") }
    #expect(lines.map { $0.prefix { $0 != ":" } } == ["in/a/x.log", "in/b.log"])
    #expect(run.output.hasSuffix("; 1 error; 1 file passed over, not recordings\n"))
  }

  /// A gate that had nothing to judge must not open.
  @Test func aFolderWithoutARecordingIsTwo() throws {
    let folder = try Folder()
    try folder.write("in/README.md", "no recording\n")
    #expect(try folder.vtrace("check", "in").errors == "vtrace: no recording is in in\n")
    #expect(try folder.vtrace("check", "in").status == 2)
    try FileManager.default.createDirectory(
      atPath: folder.path("nothing"), withIntermediateDirectories: true)
    #expect(try folder.vtrace("check", "nothing").errors == "vtrace: no file is in nothing\n")
    #expect(try folder.vtrace("check", "nothing").status == 2)
  }

  /// What should be a recording and is none is not passed over.
  @Test(arguments: ["empty.log", "x.pcapng", "x.pcap.gz", "x.trace.dat", "x.qemu.log"])
  func aBrokenRecordingInAFolderIsTwo(name: String) throws {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "in/good.log")
    try folder.write("in/\(name)", name == "empty.log" ? "" : "this is not it\n")
    let run = try folder.vtrace("check", "in")
    #expect(run.status == 2)
    #expect(run.output.contains("in/\(name): not read: "))
  }

  @Test func aCutRecordingIsNamedAndFailsOnlyWhenStrict() throws {
    let folder = try Folder()
    let data = try Data(
      contentsOf: packageRoot.appending(path: "fixtures/ccw/linux-blk-rev0.pcapng"))
    try folder.write("cut.pcapng", data.dropLast(7))
    let run = try folder.vtrace("check", "cut.pcapng")
    #expect(run.status == 0 && run.output.contains("cut.pcapng: clean; truncated"))
    #expect(try folder.vtrace("check", "--strict-input", "cut.pcapng").status == 2)
  }

  @Test func standardInputIsRead() throws {
    let data = try Data(contentsOf: packageRoot.appending(path: Recorded.broken))
    let run = try Command.vtrace("check", "-", input: data)
    #expect(run.status == 1 && run.output.hasPrefix("-: 1 error"))
  }

  /// However many threads there are, every format is the same to the byte.
  @Test(arguments: ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab"])
  func threadsChangeNothing(format: String) throws {
    let folders = ["fixtures/x86/qtest", "fixtures/ccw", "fixtures/mmio-other"]
    let runs = try ["1", "2", "7"].map { jobs in
      try Command.run(
        Command.vtrace, ["check", "--format", format, "--jobs", jobs] + folders)
    }
    #expect(runs[0].output.utf8.count > 2000)
    #expect(runs[1].output == runs[0].output && runs[2].output == runs[0].output)
    #expect(runs.map(\.status) == [1, 1, 1])
  }

  /// The same findings as `analyze`.
  @Test func saysWhatAnalyzeSays() throws {
    let check = try json("check", "--format", "json", Recorded.broken, Recorded.warned)
    let files = check["files"] as? [[String: Any]] ?? []
    let found = files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    let report = try json("analyze", "--format", "json", Recorded.broken, Recorded.warned)
    let known = report["findings"] as? [[String: Any]] ?? []
    #expect(!known.isEmpty && found.count == known.count)
    for (a, b) in zip(found, known) {
      for key in ["rule", "message", "record", "line", "time", "severity", "device"] {
        #expect("\(a[key] ?? "")" == "\(b[key] ?? "")")
      }
    }
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let run = try Command.run(Command.vtrace, arguments)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }
}
