import Foundation
import Testing
import VirtioSpec

@testable import Model

/// The same drivers as KVM saw them: nothing but port, memory and interrupt records.
@Suite struct KVMRecordingTests {
  static let replays = Fixture.files(in: "x86/replay", endingIn: ".expect.json")
    .filter { FileManager.default.fileExists(atPath: Fixture.path(pciText(of: $0))) }

  static func pciText(of expectation: String) -> String {
    expectation.replacingOccurrences(of: ".expect.json", with: ".pci.txt")
  }

  @Test(arguments: replays)
  func replaysShowTheirDevice(expectation: String) throws {
    let expected = try JSONDecoder().decode(
      TopologyTests.Expectation.self, from: Data(Fixture.text(expectation).utf8))
    let device = try #require(expected.device)
    let recorded = try Recorded(
      expectation.replacingOccurrences(of: ".expect.json", with: ".trace.dat"))
    let id = "0000:" + device.bdf
    #expect(recorded.devices.map(\.id) == [id])
    let found = try #require(recorded.function(id))
    for (bar, address) in device.bars {
      #expect(
        found.placement(of: Int(bar) ?? 9)?.base == TopologyTests.Expectation.number(address))
    }
    #expect(
      recorded.structure(.common, of: id) == TopologyTests.Expectation.number(device.common))
    #expect(
      recorded.structure(.notify, of: id) == TopologyTests.Expectation.number(device.notify))
    let session = try #require(recorded.devices.first?.sessions.last)
    #expect(session.startKnown)
  }

  /// Runs that were recorded on both sides at once.
  static let pairs = Fixture.files(in: "x86", endingIn: ".trace.dat")
    .filter { !$0.contains(".v") }
    .compactMap { trace in
      [".qemu.log", ".qemu.log.zst"]
        .map { trace.replacingOccurrences(of: ".trace.dat", with: $0) }
        .first { FileManager.default.fileExists(atPath: Fixture.path($0)) }
        .map { [trace, $0] }
    }

  @Test(arguments: pairs)
  func bothSidesTellTheSame(pair: [String]) throws {
    let guest = try Recorded(pair[0])
    let host = try Recorded(pair[1])
    #expect(!guest.devices.isEmpty)
    #expect(guest.devices.map(\.id) == host.devices.map(\.id))
    for (one, other) in zip(guest.devices, host.devices) {
      #expect(one.profile.type == other.profile.type)
      #expect(one.sessions.count == other.sessions.count)
      for (session, twin) in zip(one.sessions, other.sessions) {
        #expect(session.interface == twin.interface)
        #expect(session.offered == twin.offered)
        #expect(session.accepted == twin.accepted)
        #expect(session.statusHistory.map(\.value) == twin.statusHistory.map(\.value))
        #expect(session.queues.map(\.index) == twin.queues.map(\.index))
        #expect(session.queues.map(\.descriptors) == twin.queues.map(\.descriptors))
        #expect(session.queues.map(\.size) == twin.queues.map(\.size))
        #expect(session.kicks == twin.kicks, "session \(session.index) of \(one.id)")
      }
    }
  }

  static let placed =
    pairs.map { $0[0] }
    + Fixture.files(in: "x86", endingIn: ".trace.dat")
    .filter { $0.contains("linuxreplay") && !$0.contains(".v") }

  @Test(arguments: placed)
  func functionsAreWhereQEMUHasThem(trace: String) throws {
    let text = trace.replacingOccurrences(of: ".trace.dat", with: ".pci.txt")
    guard FileManager.default.fileExists(atPath: Fixture.path(text)) else { return }
    let info = InfoPCI(try Fixture.text(text))
    let recorded = try Recorded(trace)
    #expect(recorded.devices.map(\.id).sorted() == info.virtio.map(\.id).sorted())
    for function in info.virtio {
      let found = try #require(recorded.function(function.id))
      for (bar, address) in function.bars {
        #expect(found.placement(of: bar)?.base == address, "\(function.id) BAR \(bar)")
      }
    }
  }
}
