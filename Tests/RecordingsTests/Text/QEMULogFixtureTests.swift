import Foundation
import Model
import Recordings
import Testing
import TraceKit

/// Every log in the fixtures, counted against a scan that knows nothing of this reader.
struct QEMULogFixtureTests {
  static let logs: [String] = {
    let all = FileManager.default.enumerator(atPath: Fixtures.directory.path)
    let names = (all?.allObjects as? [String] ?? []).filter {
      $0.hasSuffix(".log") || $0.hasSuffix(".log.zst")
    }
    return names.sorted()
  }()

  /// Counts the events of a log by name; `idx` and `data` are the configuration accesses as the
  /// guest makes them, `orphan` those among `data` without a neighbour that tells the function,
  /// `message` the messages written to x86's window.
  static let scan = """
    { name = $1; sub(/^[0-9]*@[0-9.]*:/, "", name); count[name]++ }
    waits { if (name != "pci_cfg_write") count["orphan"]++; waits = 0 }
    /addr 0xcf8 .* size 4 name 'pci-conf-idx'/ && name ~ /write/ { count["idx"]++ }
    /'pci-conf-data'|'pcie-mmcfg-mmio'/ { count["data"]++
      if (name ~ /read/ && last != "pci_cfg_read") count["orphan"]++
      if (name ~ /write/) waits = 1 }
    /'apic-msi'/ && name ~ /write/ && $7 !~ /0xfee00([0-9a-f][1-9a-f]|[1-9a-f]0)[0-9a-f]/ {
      count["message"]++ }
    { last = name }
    END { if (waits) count["orphan"]++; for (n in count) print n, count[n] }
    """

  static func count(_ path: String) throws -> [String: Int] {
    let reader = path.hasSuffix(".zst") ? "zstd -dqc" : "cat"
    let output = try run(
      "bash", ["-c", "set -o pipefail; \(reader) '\(path)' | awk \"$0\"", scan])
    var counts: [String: Int] = [:]
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      counts[String(words[0])] = Int(words[1])
    }
    return counts
  }

  @Test(arguments: logs) func countsAgree(name: String) throws {
    let path = Fixtures.path(name)
    let counts = try Self.count(path)
    func lines(_ names: String...) -> Int { names.reduce(0) { $0 + (counts[$1] ?? 0) } }
    let result = try readLog(ByteSource(path: path))
    let kinds = result.kinds
    #expect(result.summary.problems.isEmpty)
    #expect(!result.summary.truncated)
    #expect(result.skipped("no trace event (by line)") == 0)
    #expect(kinds[.hostStatus, default: 0] == lines("virtio_set_status"))
    #expect(kinds[.hostKick, default: 0] == lines("virtio_queue_notify"))
    #expect(kinds[.hostInterrupt, default: 0] == lines("virtio_notify", "virtio_notify_irqfd"))
    #expect(kinds[.hostPop, default: 0] == lines("virtqueue_pop"))
    #expect(kinds[.hostFill, default: 0] == lines("virtqueue_fill"))
    #expect(kinds[.hostFlush, default: 0] == lines("virtqueue_flush"))
    #expect(
      kinds[.hostMapping, default: 0] == lines("pci_update_mappings_add", "pci_update_mappings_del")
    )
    #expect(kinds[.channelCommand, default: 0] == lines("virtio_ccw_interpret_ccw"))
    #expect(kinds[.memory, default: 0] == lines("virtio_ccw_set_ind"))
    #expect(kinds[.deviceHint, default: 0] == lines("virtio_ccw_new_device"))
    #expect(
      kinds[.interrupt, default: 0]
        == lines("css_io_interrupt", "css_adapter_interrupt", "message"))
    // Each configuration access once, whatever the log has of it.
    #expect(
      kinds[.pciConfiguration, default: 0] == lines("pci_cfg_read", "pci_cfg_write", "orphan"))
    let others =
      lines("memory_region_ops_read", "memory_region_ops_write")
      - lines("idx", "data", "message")
    #expect(kinds[.portIO, default: 0] + kinds[.mmio, default: 0] == others)
  }

  @Test func recordsAndLinesRise() throws {
    let result = try readLog(ByteSource(path: Fixtures.path("x86/blk-modern.qemu.log.zst")))
    var last: UInt64 = 0
    var inOrder = true
    for item in result.items {
      inOrder = inOrder && item.record >= last && item.location == item.record
      last = item.record
    }
    #expect(inOrder)
    #expect(last <= result.summary.records)
    #expect(result.summary.placesAreLines)
    #expect(result.summary.firstTime == 1_795_396_794_178_135_000)
  }

  /// One log of each kind: qtest with configuration accesses, channel events, MMIO slots.
  static let small = [
    "x86/qtest/good.qemu.log", "ccw/linux-rng-rev2.log",
    "mmio-other/microvm-seabios-modern-blk.log",
  ]

  @Test(arguments: small) func cutsAreReadUpToTheCut(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    let whole = try readLog(ByteSource(bytes: bytes)).items
    try forEachCut(of: bytes) { cut in
      let result = try readLog(ByteSource(bytes: cut))
      // A region's line shows its end by its second quote.
      let rest = cut.split(separator: 0x0a, omittingEmptySubsequences: false).last ?? []
      let isWhole = rest.isEmpty || rest.count { $0 == UInt8(ascii: "'") } == 2
      #expect(result.summary.truncated == !isWhole)
      // What waits for a line that is not there goes out as it is; all before is the same.
      #expect(result.items.dropLast().elementsEqual(whole.prefix(max(0, result.items.count - 1))))
      #expect(result.summary.problems.count == (isWhole ? 0 : 1))
    }
  }

  @Test(arguments: small) func changedBytesNeverStopTheReader(name: String) throws {
    let all = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    let bytes = Array(all.prefix(8000))
    var changed = 0
    let whole = try readLog(ByteSource(bytes: bytes)).items
    try forEachMutation(of: bytes, seed: 11) { damaged, place in
      let result = try readLog(ByteSource(bytes: damaged))
      let lines = damaged.count { $0 == 0x0a }
      #expect(result.summary.records <= lines + 1)
      #expect(result.items.allSatisfy { $0.location <= lines + 1 })
      // Everything before the damage is as it was, but for what its line completes.
      let line = bytes[..<place].count { $0 == 0x0a }
      let before = whole.prefix { $0.location < line }
      #expect(result.items.prefix(before.count).elementsEqual(before))
      if result.items != whole { changed += 1 }
    }
    #expect(changed > 500)
  }
}
