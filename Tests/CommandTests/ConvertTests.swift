import Foundation
import Testing

/// `vtrace convert`: the result says the same as the original, and other people's tools read it.
@Suite struct ConvertTests {
  static let recordings = [
    "fixtures/ccw/linux-blk-rev2.pcapng",
    "fixtures/ccw/linux-net-rev0.pcapng",
    "fixtures/x86/kvm-linuxreplay-mmio-legacy.trace.dat",
    "fixtures/x86/replay/kvm-clears-status-bit.trace.dat",
    "fixtures/x86/kvm-linuxreplay-mmio-legacy.report.txt",
    "fixtures/x86/uboot-x86-blk.qemu.log",
    "fixtures/x86/packed-blk.qemu.log",
    "fixtures/x86/slof-pseries-blk.qemu.log",
    "fixtures/x86/qtest/legacy-with-version-1.qemu.log",
    "fixtures/mmio-other/arm64-uboot-legacy-blk.log",
    "fixtures/mmio-other/riscv64-linux612-modern-blk-net.log",
  ]

  /// Converts `recording` into a file of its own and hands that to `body`.
  private func converted(_ recording: String, _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "\(UUID().uuidString).pcapng").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let run = try Command.vtrace("convert", recording, "-o", path)
    try #require(run.status == 0, "\(run.errors)")
    try body(path)
  }

  /// What a report says, without the numbers that a conversion changes.
  private func gist(_ path: String) throws -> [String] {
    let run = try Command.vtrace("analyze", "--format", "json", path)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    var gist: [String] = []
    for device in report["devices"] as? [[String: Any]] ?? [] {
      gist.append("\(device["id"] ?? "") \(device["type"] ?? "")")
      for session in device["sessions"] as? [[String: Any]] ?? [] {
        let keys = ["interface", "offered", "accepted", "status", "outcome"]
        let queues = session["queues"] as? [[String: Any]] ?? []
        gist.append(keys.map { "\(session[$0] ?? "")" }.joined(separator: " "))
        gist += queues.map { queue in
          ["index", "size", "descriptors", "kicks", "interrupts"]
            .map { "\(queue[$0] ?? "")" }.joined(separator: " ")
        }
      }
    }
    for finding in report["findings"] as? [[String: Any]] ?? [] {
      let keys = ["rule", "also", "device", "session", "message", "count"]
      gist.append(keys.map { "\(finding[$0] ?? "")" }.joined(separator: " "))
    }
    return gist
  }

  @Test(arguments: recordings)
  func saysTheSame(recording: String) throws {
    try converted(recording) { path in
      let original = try gist(recording)
      #expect(!original.isEmpty)
      #expect(try gist(path) == original)
    }
  }

  @Test(arguments: recordings)
  func otherToolsReadIt(recording: String) throws {
    try converted(recording) { path in
      let count = try Command.run(
        URL(filePath: "/usr/bin/tshark"), ["-r", path, "-T", "fields", "-e", "frame.number"])
      #expect(count.status == 0 && !count.output.isEmpty)
      let info = try Command.run(URL(filePath: "/usr/bin/capinfos"), ["-c", "-M", path])
      let line = info.output.split(separator: "\n").first { $0.hasPrefix("Number of packets:") }
      #expect(line?.hasSuffix(" \(count.output.split(separator: "\n").count)") == true)
      for (tool, arguments) in [
        ("editcap", [path, path + ".edited"]),
        ("mergecap", ["-w", path + ".merged", path, path]),
      ] {
        let run = try Command.run(URL(filePath: "/usr/bin/\(tool)"), arguments)
        #expect(run.status == 0, "\(tool): \(run.errors)")
      }
      for name in [".edited", ".merged"] {
        try? FileManager.default.removeItem(atPath: path + name)
      }
    }
  }
}
