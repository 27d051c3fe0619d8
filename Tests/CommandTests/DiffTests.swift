import Foundation
import Testing

/// `vtrace diff`.
@Suite struct DiffTests {
  private static let good = "fixtures/x86/qtest/mmio-good.qemu.log"
  private static let bad = "fixtures/x86/qtest/mmio-notify-before-driver-ok.qemu.log"

  @Test func theSameIsZero() throws {
    let run = try Command.vtrace("diff", Self.good, Self.good)
    #expect(run.status == 0)
    #expect(run.output.hasSuffix("\nno difference; 1 device; 1 life; 17 steps\n"))
    #expect(try Command.vtrace("diff", "--quiet", Self.good, Self.good).output.isEmpty)
  }

  @Test func aDifferenceIsOne() throws {
    let run = try Command.vtrace("diff", Self.good, Self.bad)
    #expect(run.status == 1)
    #expect(run.output.contains("only in BAD: driver notifies queue 0 before\n    DRIVER_OK\n"))
    #expect(
      run.output.contains("\n  +           line 73   driver notifies queue 0 before DRIVER_OK\n"))
    #expect(run.output.contains("error[core.init.no-kick-before-driver-ok]"))
    for line in run.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func whatCannotBeReadIsTwo() throws {
    #expect(try Command.vtrace("diff", Self.good, "fixtures/no-such-file").status == 2)
    #expect(try Command.vtrace("diff", "Package.swift", Self.good).status == 2)
    #expect(try Command.vtrace("diff", "-", "-").status == 2)
    #expect(try Command.vtrace("diff", Self.good).status == 2)
    let device = try Command.vtrace("diff", "--device", "mmio@0x1", Self.good, Self.bad)
    #expect(device.status == 2 && device.errors.contains("neither recording has a device mmio@0x1"))
    let pair = try Command.vtrace("diff", "--pair", "a=b", Self.good, Self.bad)
    #expect(pair.status == 2 && pair.errors.contains("GOOD has no device a"))
  }

  @Test func standardInput() throws {
    let data = try Data(contentsOf: packageRoot.appending(path: Self.bad))
    #expect(try Command.vtrace("diff", Self.good, "-", input: data).status == 1)
    #expect(try Command.vtrace("diff", "-", Self.bad, input: data).status == 0)
  }

  @Test func aRecordingCutShortIsCompared() throws {
    let data = try Data(
      contentsOf: packageRoot.appending(path: "fixtures/ccw/linux-blk-rev0.pcapng"))
    let path = "fixtures/ccw/linux-blk-rev0.pcapng"
    let cut = data.prefix(data.count - 7)
    #expect(try Command.vtrace("diff", path, "-", input: cut).status == 1)
    #expect(try Command.vtrace("diff", "--strict-input", path, "-", input: cut).status == 2)
  }

  /// Only the devices that are asked for, in either recording.
  @Test func aChosenDevice() throws {
    let net = "fixtures/mmio-other/arm64-linux61-modern-blk-net.log"
    let both = "fixtures/mmio-other/riscv64-linux612-modern-blk-net.log"
    for id in ["mmio@0x0a003c00", "mmio@0x10007000"] {
      let run = try Command.vtrace("diff", "--device", id, net, both)
      #expect(run.status == 0 && run.output.contains("no difference; 1 device;"))
    }
    let crossed = try Command.vtrace(
      "diff", "--pair", "mmio@0x0a003c00=mmio@0x10008000", net, both)
    #expect(crossed.status == 1 && crossed.output.contains("paired as asked"))
  }

  /// A filter leaves steps and findings out of both; lives are paired as without it.
  @Test func whatAFilterIsTrueOf() throws {
    let others = try Command.vtrace("diff", "--filter", "kind == read", Self.good, Self.bad)
    #expect(others.status == 0)
    #expect(others.output.contains("\nFILTER  kind == read\n"))
    #expect(
      others.output.hasSuffix(
        "\nno difference in what the filter is true of; 1 device; 1 life; 8 steps\n"))
    let kicks = try Command.vtrace("diff", "--filter", "kind == kick", Self.good, Self.bad)
    #expect(kicks.status == 1)
    #expect(kicks.output.contains("driver notifies queue 0 before DRIVER_OK\n"))
    #expect(!kicks.output.contains("status"))
    #expect(kicks.output.contains("error[core.init.no-kick-before-driver-ok]"))
    let none = try Command.vtrace("diff", "--filter", "queue == 7", Self.good, Self.bad)
    #expect(none.status == 0 && none.output.contains("1 life; 0 steps"))
    let json = try Command.vtrace(
      "diff", "--filter", "queue == 7", "--format", "json", Self.good, Self.bad)
    #expect(json.output.contains("\"filter\": \"queue == 7\""))
  }

  /// What rules say is known when a recording was read.
  @Test func aFilterThatAsksForFindings() throws {
    let filter = "finding == core.init.no-kick-before-driver-ok"
    let run = try Command.vtrace("diff", "--filter", filter, Self.good, Self.bad)
    #expect(run.status == 1)
    #expect(run.output.contains("line 73   driver notifies queue 0 before DRIVER_OK\n"))
    let data = try Data(contentsOf: packageRoot.appending(path: Self.bad))
    let piped = try Command.vtrace("diff", "--filter", filter, Self.good, "-", input: data)
    #expect(piped.status == 2 && piped.errors.contains("that can be read twice"))
    #expect(try Command.vtrace("diff", "--filter", "queue ==", Self.good, Self.bad).status == 2)
  }

  struct Change: Sendable {
    var place: String
    var from: String
    var to: String
    var text: String
  }

  /// One changed record in a real log is the first difference.
  @Test(arguments: [
    Change(
      place: "ops_write cpu -1 mr 0x564b6cff4f60 addr 0xfeb02e70 value 0xf ", from: "value 0xf",
      to: "value 0x8f",
      text: "driver writes otherwise: device status 0x0f (ACKNOWLEDGE|DRIVER|DRIVER_OK|FEATURES_OK)"
        + " in GOOD, 0x8f (ACKNOWLEDGE|DRIVER|DRIVER_OK|FEATURES_OK|FAILED) in BAD"),
    Change(
      place: "addr 0xfeb02e34 value 0x400 ", from: "value 0x400", to: "value 0x40",
      text: "device answers otherwise: maximum size of queue 0 1024 in GOOD, 64 in BAD"),
  ])
  func oneChangedRecord(change: Change) throws {
    let folder = try Folder()
    let log = try String(contentsOf: packageRoot.appending(path: Self.good), encoding: .utf8)
    var changed = ""
    for line in log.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIt = line.contains(change.place)
      changed +=
        isIt ? String(line).replacingOccurrences(of: change.from, with: change.to) : String(line)
      changed += "\n"
    }
    #expect(changed != log)
    let path = try folder.write("changed.log", changed)
    let run = try Command.vtrace("diff", "--format", "json", Self.good, path)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let device = (object?["devices"] as? [[String: Any]])?.first
    let session = (device?["sessions"] as? [[String: Any]])?.first
    let differences = session?["differences"] as? [[String: Any]] ?? []
    #expect(run.status == 1)
    #expect(differences.first?["kind"] as? String == "value")
    #expect(differences.first?["text"] as? String == change.text, "\(differences)")
  }

  /// Every kind of report is valid by the schema.
  @Test(arguments: [
    (good, good), (good, bad),
    ("fixtures/ccw/linux-blk-rev0.pcapng", "fixtures/ccw/linux-blk-rev2.pcapng"),
    ("fixtures/ccw/linux-blk-rev2.pcapng", "fixtures/ccw/linux-blk-rev2.log"),
    ("fixtures/x86/qtest/legacy-good.qemu.log", "fixtures/x86/qtest/legacy-bad-feature.qemu.log"),
    (
      "fixtures/x86/ipxe-net-legacy.qemu.log",
      "fixtures/mmio-other/arm64-linux61-modern-blk-net.log"
    ),
    ("fixtures/x86/ovmf-blk-net-rng.qemu.log.zst", "fixtures/x86/uboot-x86-blk.qemu.log"),
  ])
  func jsonIsValid(good: String, bad: String) throws {
    let report = try Command.vtrace("diff", "--format", "json", good, bad)
    #expect(report.status <= 1, "\(report.errors)")
    let folder = try Folder()
    let file = try folder.write("report.json", report.output)
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      report = json.load(open(sys.argv[2]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.validate(report, schema, jsonschema.Draft202012Validator)
      assert report["summary"]["status"] == int(sys.argv[3])
      assert report["same"] == (report["summary"]["status"] == 0)
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, "docs/schema/vtrace-diff-1.schema.json", file, "\(report.status)"])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  /// What the documentation shows is what the program prints.
  @Test(arguments: ["docs/diff.md", "README.md"])
  func theSampleIsReal(document: String) throws {
    let text = try String(contentsOf: packageRoot.appending(path: document), encoding: .utf8)
    let run = try Command.vtrace("diff", Self.good, Self.bad)
    #expect(text.contains("```\n\(run.output)```"))
  }
}
