import Foundation
import Testing

/// Policies and baselines through the command.
@Suite struct PolicyCommandTests {
  @Test func thePolicyIsFoundUpward() throws {
    let folder = try Folder()
    try folder.copy(Recorded.broken, to: "a/b/x.log")
    try folder.write(".vtrace.yml", "ignore: core.status\n")
    let inside = folder.url.appending(path: "a/b")
    #expect(try Command.run(Command.vtrace, ["check", "x.log"], in: inside).status == 0)
    #expect(
      try Command.run(Command.vtrace, ["check", "--no-config", "x.log"], in: inside).status == 1)
    // The nearest one counts alone.
    try folder.write("a/.vtrace.yml", "{}\n")
    #expect(try Command.run(Command.vtrace, ["check", "x.log"], in: inside).status == 1)
    let named = ["check", "--config", folder.path(".vtrace.yml"), "x.log"]
    #expect(try Command.run(Command.vtrace, named, in: inside).status == 0)
  }

  @Test func aMistakeIsTwoWithItsPlace() throws {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "x.log")
    try folder.write(".vtrace.yml", "fail-on: error\nignored: [core]\n")
    let run = try folder.vtrace("check", "x.log")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(
      run.errors == ".vtrace.yml:2:1: unknown key 'ignored' in a policy; did you mean 'ignore'?\n")
  }

  @Test func optionsWinOverThePolicy() throws {
    let folder = try Folder()
    try folder.copy(Recorded.warned, to: "x.log")
    try folder.write(".vtrace.yml", "fail-on: warning\n")
    #expect(try folder.vtrace("check", "x.log").status == 1)
    #expect(try folder.vtrace("check", "--fail-on", "error", "x.log").status == 0)
    try folder.write(".vtrace.yml", "severity: {core.reset: error}\nspec: 1.3\n")
    let run = try folder.vtrace("check", "--format", "json", "x.log")
    #expect(run.status == 1 && run.output.contains(#""spec": "1.3""#))
    let newer = try folder.vtrace("check", "--spec", "1.4", "--format", "json", "x.log")
    #expect(newer.output.contains(#""spec": "1.4""#))
  }

  @Test func devicesAndDriversAreToldApart() throws {
    let folder = try Folder()
    try folder.copy("fixtures/x86/ovmf-blk-net-rng.qemu.log.zst", to: "firmware/edk2.log.zst")
    try folder.copy(Recorded.warned, to: "driver/x.log")
    let rules = ["core.reset.drv-wait-status-zero", "pci.common.wait-reset"]
    func found() throws -> [String] {
      let run = try folder.vtrace("check", "--format", "jsonl", "firmware", "driver")
      return try run.output.split(separator: "\n").compactMap { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard object?["type"] as? String == "finding",
          rules.contains(object?["rule"] as? String ?? "")
        else { return nil }
        return "\(object?["path"] ?? "") \(object?["device"] ?? "") \(object?["severity"] ?? "")"
      }
    }
    let all = try found()
    #expect(all.count == 3)
    try folder.write(".vtrace.yml", "devices: {net: {ignore: [core.reset, pci.common]}}\n")
    #expect(try found() == ["driver/x.log mmio@0xfeb02e00 warning"])
    try folder.write(
      ".vtrace.yml", "drivers: {edk2: {recordings: firmware/**, severity: {pci.common: note}}}\n")
    #expect(try found().count { $0.hasSuffix(" note") } == 2)
    try folder.write(".vtrace.yml", "side: device\n")
    #expect(try found().isEmpty)
    // Globs are read from the policy's folder, wherever the command runs.
    try folder.write(
      ".vtrace.yml", "drivers: {edk2: {recordings: firmware/*, ignore: [core, pci]}}\n")
    let run = try Command.run(
      Command.vtrace, ["check", "--fail-on", "note", "edk2.log.zst"],
      in: folder.url.appending(path: "firmware"))
    #expect(run.status == 0, "\(run.output)")
  }

  @Test func suppressionsNeedReasonsAndAreThemselvesReported() throws {
    let folder = try Folder()
    try folder.copy(Recorded.broken, to: "x.log")
    try folder.write(
      ".vtrace.yml",
      "suppressions:\n  - {rule: core.status.no-clear-bits, reason: bug 12, expires: 2199-01-01}\n")
    let good = try folder.vtrace("check", "--fail-on", "note", "x.log")
    #expect(good.status == 0 && good.output.contains("x.log: clean; 1 suppressed"))
    try folder.write(
      ".vtrace.yml",
      "suppressions:\n  - {rule: core.status.no-clear-bits, reason: bug 12, expires: 2020-01-01}\n")
    let expired = try folder.vtrace("check", "x.log")
    #expect(expired.status == 1)
    #expect(
      expired.output.contains(
        "warning[policy.expired-suppression]: the suppression of core.status.no-clear-bits expired "
          + "on 2020-01-01 (bug 12)\n  --> .vtrace.yml:2\n"))
    try folder.copy(Recorded.clean, to: "x.log")
    try folder.write(".vtrace.yml", "suppressions:\n  - {rule: core.status, reason: bug 12}\n")
    let unused = try folder.vtrace("check", "--fail-on", "warning", "x.log")
    #expect(unused.status == 1)
    #expect(unused.output.contains("warning[policy.unused-suppression]: no finding of this run"))
  }

  /// Forms of one run, and runs of one scenario, that were recorded apart from each other.
  static let again: [(first: String, second: String)] = [
    ("x86/kvm-seabios-blk-modern.trace.dat", "x86/kvm-seabios-blk-modern.v6.trace.dat"),
    ("x86/kvm-seabios-blk-modern.trace.dat", "x86/kvm-seabios-blk-modern.qemu.log"),
    ("x86/seabios-blk-modern.qemu.log", "x86/kvm-seabios-blk-modern.trace.dat"),
    ("x86/replay/kvm-clears-status-bit.trace.dat", "x86/qtest/clears-status-bit.qemu.log"),
    (
      "x86/replay/kvm-driver-ok-without-features-ok.trace.dat",
      "x86/qtest/driver-ok-without-features-ok.qemu.log"
    ),
    ("ccw/linux-blk-rev1.pcapng", "ccw/linux-blk-rev2.pcapng"),
    ("ccw/linux-blk-rev2.pcapng", "ccw/linux-blk-rev2-rmmod.pcapng"),
  ]

  @Test(arguments: again.indices) func aRunThatWasRecordedAgainMatches(number: Int) throws {
    let (first, second) = Self.again[number]
    let folder = try Folder()
    let path = folder.path("known.json")
    let write = try Command.vtrace(
      "check", "--fail-on", "note", "--baseline", path, "--write-baseline", "fixtures/\(first)")
    #expect(write.status == 0, "\(write.errors)")
    #expect(try !folder.read("known.json").contains("\"findings\": []"))
    let arguments = ["check", "--fail-on", "note", "fixtures/\(second)"]
    #expect(try Command.run(Command.vtrace, arguments).status == 1)
    let check = try Command.run(Command.vtrace, arguments + ["--baseline", path])
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func onlyWhatIsNewIsReported() throws {
    let folder = try Folder()
    try folder.copy(Recorded.broken, to: "a.log")
    try folder.copy(Recorded.warned, to: "b.log")
    try folder.write(".vtrace.yml", "baseline: ci/known.json\nfail-on: note\n")
    try FileManager.default.createDirectory(
      atPath: folder.path("ci"), withIntermediateDirectories: true)
    #expect(try folder.vtrace("check", "a.log", "--write-baseline").status == 0)
    let text = try folder.read("ci/known.json")
    // No address, time, record, line or path.
    #expect(
      text == """
        {
          "schema": "vtrace-baseline/1",
          "findings": [
            {
              "rule": "core.status.no-clear-bits",
              "device": "pci/blk",
              "message": "driver writes status 0x03, which clears DRIVER_OK|FEATURES_OK"
            }
          ]
        }

        """)
    let run = try folder.vtrace("check", "a.log", "b.log")
    #expect(run.status == 1)
    #expect(run.output.contains("a.log: clean; 1 in the baseline"))
    #expect(!run.output.contains("error[") && run.output.contains("warning[core.reset"))
    // A baseline that promises too much is named, and fails nothing.
    let stale = try folder.vtrace("check", "--fail-on", "never", "b.log")
    #expect(stale.output.hasSuffix("; 1 entry of the baseline not found again\n"))
    // Written again it is the same to the byte.
    #expect(try folder.vtrace("check", "a.log", "--write-baseline").status == 0)
    #expect(try folder.read("ci/known.json") == text)
  }

  @Test func aBaselineIsNotWrittenWhenNotAllWasRead() throws {
    let folder = try Folder()
    try folder.copy(Recorded.broken, to: "a.log")
    let run = try folder.vtrace(
      "check", "--baseline", "k.json", "--write-baseline", "a.log", "b.log")
    #expect(run.status == 2)
    #expect(run.errors.contains("k.json: not written, because not all was read"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("k.json")))
  }

  @Test(arguments: [
    ("", "1:1: a baseline is not empty"),
    ("[]", "1:1: a baseline is a mapping of keys to values, not a list"),
    ("{\"findings\": []}", "1:1: a baseline has the schema 'vtrace-baseline/1'"),
    ("{\"schema\": \"vtrace-baseline/2\", \"findings\": []}", "1:1: a baseline has the schema"),
    ("{\"schema\": \"vtrace-baseline/1\"}", "1:1: a baseline has a list of 'findings'"),
    (
      "{\"schema\": \"vtrace-baseline/1\",\n \"findings\": [{\"rule\": \"a\", \"device\": \"b\"}]}",
      "2:15: a finding needs 'message'"
    ),
    (
      "{\"schema\": \"vtrace-baseline/1\",\n \"findngs\": []}",
      "2:2: unknown key 'findngs' in a baseline; did you mean 'findings'?"
    ),
    ("{\"schema\": ", "2:1: not YAML: "), ("\u{1}\u{2}", "1:1: not YAML: "),
  ])
  func aWrongBaselineIsTwo(text: String, problem: String) throws {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "a.log")
    try folder.write("k.json", text)
    let run = try folder.vtrace("check", "--baseline", "k.json", "a.log")
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("k.json:\(problem)"), "\(run.errors)")
  }

  @Test func aBaselineIsWhatItsSchemaSays() throws {
    let folder = try Folder()
    let run = try Command.vtrace(
      "check", "--baseline", folder.path("k.json"), "--write-baseline", "fixtures/x86/qtest")
    #expect(run.status == 0)
    let script = """
      import json, sys, jsonschema
      schema, report = (json.load(open(path)) for path in sys.argv[1:])
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.validate(report, schema, jsonschema.Draft202012Validator)
      assert len(report["findings"]) > 10
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, "docs/schema/vtrace-baseline-1.schema.json", folder.path("k.json")])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }
}
