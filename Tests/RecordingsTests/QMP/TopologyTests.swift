import Foundation
import Model
import Testing

@testable import Recordings

/// Hints from what QEMU's monitor says of PCI.
@Suite struct TopologyTests {
  private let buses = """
    [{"bus": 0, "devices": [
      {"bus": 0, "slot": 1, "function": 0, "id": {"vendor": 32902, "device": 4711}, "regions": []},
      {"bus": 0, "slot": 2, "function": 0, "id": {"vendor": 6900, "device": 4162},
       "regions": [{"bar": 4, "type": "memory", "address": 4273963008, "size": 16384},
                   {"bar": 5, "type": "memory", "address": 0, "size": 4096},
                   {"bar": 9, "type": "memory", "address": 1, "size": 4096},
                   {"bar": 1, "type": "memory", "address": 18446744073709551615, "size": 4096}]},
      {"bus": 0, "slot": 3, "function": 0, "id": {"vendor": 6900, "device": 4097},
       "regions": [{"bar": 0, "type": "io", "address": -1, "size": 128}]},
      {"bus": 0, "slot": 4, "function": 0, "id": {"vendor": 1, "device": 2},
       "pci_bridge": {"bus": {"secondary": 1}, "devices": [
         {"bus": 1, "slot": 31, "function": 7,
          "id": {"vendor": 6900, "device": 4096, "subsystem": 1},
          "regions": [{"bar": 0, "type": "io", "address": 49152, "size": 32}]}]}}]}]
    """

  @Test func functionsWithTheirRegisters() throws {
    let text = try String(
      contentsOfFile: Fixtures.path("x86/blk-modern.mtree.txt"), encoding: .utf8)
    let hints = Topology.hints(
      try JSONReader.read(Array(buses.utf8)), VirtioRegion.all(in: text))
    #expect(hints.map(\.id) == ["0000:00:02.0", "0000:01:1f.7"])
    #expect(hints.map(\.deviceID) == [2, 1])
    let bar = try #require(hints[0].bars.first)
    #expect(hints[0].bars.count == 1)
    #expect(bar.index == 4 && bar.address == 0xfebf_8000 && bar.size == 0x4000 && !bar.isIO)
    // The places that `info mtree` of the same machine has, and virtio's own words for them.
    let found = hints[0].capabilities.map { "\($0.type) \($0.bar) \($0.offset) \($0.length)" }
    #expect(
      found == ["common 4 0 4096", "isr 4 4096 4096", "device 4 8192 4096", "notify 4 12288 4096"])
    #expect(hints[0].capabilities.map(\.multiplier) == [nil, nil, nil, 4])
    #expect(hints[1].bars.first?.isIO == true && hints[1].capabilities.isEmpty)
  }

  /// A hint survives being written and read.
  @Test func aHintIsReadBack() throws {
    var hint = DeviceHint(function: "0000:00:\"\\\u{1}02.0")
    hint.deviceID = 2
    hint.bars = [.init(index: 4, address: .max, size: 0x4000, isIO: false)]
    hint.capabilities = [
      .init(type: "notify", bar: 4, offset: 0x3000, length: 0x1000, multiplier: 4),
      .init(type: "common", bar: 4, offset: 0, length: 0x1000),
    ]
    (hint.version, hint.isAddInCard, hint.isTranslated) = (2, true, false)
    (hint.base, hint.size, hint.subchannel, hint.devno) = (1, 2, 3, 4)
    let read = try #require(DeviceHint.parseFile(Array(hint.json.utf8)).first)
    #expect(read.json == hint.json)
    #expect(read.id == hint.id && read.bars.first?.address == .max && read.devno == 4)
    #expect(read.capabilities.map(\.multiplier) == [4, nil] && read.isAddInCard == true)
  }

  @Test(arguments: [
    "", "0-1 (prio 0, i/o): virtio-pci-common-x", "x-y (prio 0, i/o): virtio-pci-isr-",
  ])
  func whatIsNoRegion(line: String) {
    #expect(VirtioRegion.all(in: line).count == (line.hasPrefix("0-1") ? 1 : 0))
  }

  @Test(
    arguments: [
      ([1, 2, 3], [1, 2, 3], []), ([], [1, 2], [0..<2]), ([1], [1, 2], [0..<2]),
      ([0, 0, 0, 0], [1, 0, 1, 0], [0..<3]),
    ] as [([UInt8], [UInt8], [Range<Int>])])
  func onlyChangesAreRecorded(old: [UInt8], new: [UInt8], ranges: [Range<Int>]) {
    #expect(WatchedRing.changes(from: old, to: new) == ranges)
    var far = [UInt8](repeating: 0, count: 64)
    (far[0], far[40]) = (1, 1)
    let zeros = [UInt8](repeating: 0, count: 64)
    #expect(WatchedRing.changes(from: zeros, to: far) == [0..<1, 40..<41])
  }
}
