import Foundation
import Testing
import VirtioSpec

@testable import Model

@Suite struct TopologyTests {
  /// Recordings with QEMU's own word on their functions.
  static let recordings: [String] =
    Fixture.files(in: "x86", endingIn: ".pci.txt").compactMap { text in
      let name = String(text.dropLast(8))
      return [".qemu.log", ".qemu.log.zst"].map { name + $0 }
        .first { FileManager.default.fileExists(atPath: Fixture.path($0)) }
    }

  static func name(_ recording: String) -> String {
    recording.replacingOccurrences(of: ".zst", with: "")
      .replacingOccurrences(of: ".qemu.log", with: "")
  }

  @Test(arguments: recordings)
  func functionsAreThoseThatQEMUTells(recording: String) throws {
    let info = InfoPCI(try Fixture.text(Self.name(recording) + ".pci.txt"))
    let recorded = try Recorded(recording)
    let functions = recorded.devices.filter { $0.profile.transport == .pci }
    #expect(functions.map(\.id).sorted() == info.virtio.map(\.id).sorted())
    for function in info.virtio {
      let device = try #require(recorded.device(function.id))
      #expect(device.profile.pciDeviceID == function.device, "\(function.id)")
      let found = try #require(recorded.function(function.id))
      for bar in 0..<6 {
        #expect(
          found.placement(of: bar)?.base == function.bars[bar], "\(function.id) BAR \(bar)")
      }
    }
  }

  static let drivenByHand = Fixture.files(in: "x86/qtest", endingIn: ".expect.json")
    .filter { !$0.contains("/mmio-") }

  @Test(arguments: drivenByHand)
  func structuresAreWhereTheRecorderPutThem(expectation: String) throws {
    let expected = try JSONDecoder().decode(
      Expectation.self, from: Data(Fixture.text(expectation).utf8))
    let device = try #require(expected.device)
    let recorded = try Recorded(
      expectation.replacingOccurrences(of: ".expect.json", with: ".qemu.log"))
    let id = "0000:" + device.bdf
    #expect(recorded.devices.map(\.id) == [id])
    for (bar, address) in device.bars {
      let index = try #require(Int(bar))
      #expect(
        recorded.function(id)?.placement(of: index)?.base == Expectation.number(address),
        "BAR \(bar)")
    }
    #expect(recorded.structure(.common, of: id) == Expectation.number(device.common))
    #expect(recorded.structure(.notify, of: id) == Expectation.number(device.notify))
    #expect(recorded.structure(.isr, of: id) == Expectation.number(device.isr))
    #expect(recorded.structure(.device, of: id) == Expectation.number(device.config))
    #expect(
      recorded.structure(.legacyHeader, of: id) == Expectation.number(device.legacyBar))
    let notify = recorded.function(id)?.placed.first { $0.kind == .notify }
    #expect(notify?.multiplier == device.multiplier)
  }

  struct Expectation: Decodable {
    struct Device: Decodable {
      var bdf: String
      var bars: [String: String]
      var common: String?
      var notify: String?
      var isr: String?
      var config: String?
      var multiplier: Int64?
      var legacyBar: String?
      enum CodingKeys: String, CodingKey {
        case bdf, bars, common, notify, isr, config
        case multiplier = "notify_off_multiplier"
        case legacyBar = "legacy_bar"
      }
    }
    var transport: String
    var device: Device?

    static func number(_ text: String?) -> UInt64? {
      text.flatMap { UInt64($0.dropFirst(2), radix: 16) }
    }
  }
}
