import Foundation
import Testing

/// The JSON report against its schema, by a validator that nobody here wrote.
@Suite struct ReportSchemaTests {
  /// One recording of each kind that the README shows.
  static let recordings = [
    "fixtures/ccw/linux-blk-rev2.pcapng",
    "fixtures/ccw/bios-blk-no-boot.pcapng",
    "fixtures/x86/kvm-seabios-blk-modern.trace.dat",
    "fixtures/x86/kvm-ftrace-seabios-blk-legacy.ftrace.txt",
    "fixtures/x86/uboot-x86-blk.qemu.log",
    "fixtures/x86/blk-modern-noioeventfd.qemu.log",
    "fixtures/x86/ipxe-net-legacy.qemu.log",
    "fixtures/mmio-other/arm64-uboot-legacy-blk.log",
    "fixtures/mmio-other/riscv64-uboot-modern-blk.log",
  ]

  @Test(arguments: recordings)
  func jsonIsValid(recording: String) throws {
    let report = try Command.vtrace("analyze", "--format", "json", recording)
    #expect(report.status == 0 || report.status == 1, "\(report.errors)")
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try report.output.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.validate(json.load(open(sys.argv[2])), schema, jsonschema.Draft202012Validator)
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, "docs/schema/vtrace-report-1.schema.json", file.path])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  @Test(arguments: recordings)
  func everyDeviceIsSeen(recording: String) throws {
    let report = try Command.vtrace("analyze", "--format", "json", recording)
    let object = try JSONSerialization.jsonObject(with: Data(report.output.utf8))
    let devices = (object as? [String: Any])?["devices"] as? [Any] ?? []
    #expect(!devices.isEmpty)
  }

  @Test func linesAreObjectsWithAType() throws {
    let report = try Command.vtrace(
      "analyze", "--format", "jsonl", "fixtures/mmio-other/riscv64-uboot-modern-blk.log")
    let types = try report.output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?["type"] as? String)
    }
    #expect(Set(types) == ["transaction", "finding", "session", "summary"])
    #expect(types.last == "summary")
  }

  /// A finding that is written while the recording is read stands at its line, once.
  @Test func findingsOfATextRecordingHaveLines() throws {
    let path = "fixtures/x86/qtest/driver-ok-without-features-ok.qemu.log"
    let report = try Command.vtrace("analyze", "--format", "jsonl", path)
    let whole = try Command.vtrace("analyze", "--format", "json", path)
    let object = try JSONSerialization.jsonObject(with: Data(whole.output.utf8))
    let findings = (object as? [String: Any])?["findings"] as? [[String: Any]] ?? []
    let followed = try report.output.split(separator: "\n").compactMap { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["type"] as? String == "finding" ? object : nil
    }
    #expect(!findings.isEmpty && followed.count == findings.count)
    #expect(
      followed.compactMap { $0["line"] as? Int } == findings.compactMap { $0["line"] as? Int })
  }

  @Test func onlyTheChosenDeviceIsFollowed() throws {
    let report = try Command.vtrace(
      "analyze", "--format", "jsonl", "--device", "mmio@0x0a003e00",
      "fixtures/mmio-other/arm64-linux61-modern-blk-net.log")
    #expect(report.output.contains("mmio@0x0a003e00"))
    #expect(!report.output.contains("mmio@0x0a003c00"))
  }
}
