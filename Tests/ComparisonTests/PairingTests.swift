import Testing
import VirtioSpec

@testable import Comparison

/// Which devices of two recordings belong together.
@Suite struct PairingTests {
  private func device(
    _ id: String, _ type: DeviceType?, _ transport: TransportKind = .pci
  ) -> ComparedDevice {
    ComparedDevice(
      id: id, type: type, transport: transport, lives: [ComparedLife(session: 0)], facts: [])
  }

  private func pairs(
    _ good: [ComparedDevice], _ bad: [ComparedDevice],
    named: [(good: String, bad: String)] = []
  ) -> [String] {
    DevicePairing.pair(good, bad, named: named).map { pair in
      let names = [pair.good.map { good[$0].id }, pair.bad.map { bad[$0].id }].map { $0 ?? "-" }
      return names.joined(separator: " ") + " \(pair.reason)"
    }
  }

  @Test func theSamePlaceComesFirst() {
    #expect(
      pairs([device("1", .blk), device("2", .blk)], [device("2", .blk), device("1", .blk)])
        == ["1 1 location", "2 2 location"])
  }

  @Test func thenTheSameType() {
    #expect(
      pairs(
        [device("1", .blk), device("2", .net), device("3", .blk)],
        [device("3", .blk), device("8", .net), device("9", .blk)])
        == ["1 9 type", "2 8 type", "3 3 location"])
  }

  @Test func thenTheSameTypeOnAnotherTransport() {
    #expect(pairs([device("1", .blk)], [device("m", .blk, .mmio)]) == ["1 m transport"])
  }

  @Test func aPlaceWithAnotherTypeIsAnotherDevice() {
    #expect(
      pairs([device("1", .blk)], [device("1", .net)]) == ["1 - unpaired", "- 1 unpaired"])
  }

  @Test func aDeviceOfUnknownTypeIsKnownByItsPlace() {
    #expect(pairs([device("1", nil)], [device("1", .net)]) == ["1 1 location"])
    #expect(pairs([device("1", nil)], [device("2", nil)]) == ["1 - unpaired", "- 2 unpaired"])
  }

  @Test func somebodySaysSo() {
    #expect(
      pairs(
        [device("1", .blk), device("2", .blk)], [device("1", .blk), device("2", .blk)],
        named: [("1", "2")]) == ["1 2 option", "2 1 type"])
  }
}
