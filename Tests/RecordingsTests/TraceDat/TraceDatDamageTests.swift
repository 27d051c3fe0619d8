import Foundation
import Model
import Testing
import TraceKit

@testable import Recordings

/// Cut and damaged recordings: no crash, nothing invented, and what comes before the damage kept.
@Suite struct TraceDatDamageTests {
  static let samples: [MadeRecording] = [
    MadeRecording(version: 6, cpus: 2, events: 120, pageSize: 1024),
    MadeRecording(version: 7, isBigEndian: true, cpus: 2, events: 120, pageSize: 1024),
  ]

  /// One recording in all three forms; small, because a debug build reads each 2,200 times.
  static let real = ["", ".v6", ".v7-none"].map { "x86/kvm-linuxreplay-mmio-legacy\($0).trace.dat" }

  @Test(arguments: samples)
  func survivesCuts(_ sample: MadeRecording) throws {
    try expectToSurviveCuts(sample.file())
  }

  @Test(arguments: real)
  func survivesCutsOfRealData(_ name: String) throws {
    try expectToSurviveCuts(bytes(of: name))
  }

  @Test(arguments: samples)
  func survivesChanges(_ sample: MadeRecording) throws {
    try expectToSurviveChanges(sample.file(), count: 2000)
  }

  @Test(arguments: real)
  func survivesChangesOfRealData(_ name: String) throws {
    try expectToSurviveChanges(bytes(of: name), count: 2000)
  }

  private func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(name))))
  }

  /// A file cut within its last CPU's events gives everything up to the cut.
  @Test func keepsWhatComesBeforeACut() throws {
    let bytes = MadeRecording(version: 6, cpus: 1, events: 400, pageSize: 1024).file()
    let whole = try TraceDatReading(bytes)
    let cut = try TraceDatReading(Array(bytes.dropLast(1500)))
    #expect(cut.summary.truncated)
    #expect(cut.summary.problems.first?.place == UInt64(bytes.count - 1500))
    #expect(cut.summary.problems.first?.text.contains("found the end of the file") == true)
    #expect(cut.items.count > whole.items.count / 2)
    #expect(cut.items.count < whole.items.count)
    // The last ones may be reads that the cut left open.
    let kept = cut.items.filter { $0.record < (cut.items.last?.record ?? 0) }
    #expect(Array(kept) == Array(whole.items.prefix(kept.count)))
  }

  /// Version 7 says at its end where each CPU's events lie.
  @Test(arguments: ["", ".v7-none"])
  func findsEventsThatNoOptionTellsOf(_ form: String) throws {
    let name = "x86/kvm-seabios-blk-modern\(form).trace.dat"
    let bytes = try bytes(of: name)
    let whole = try TraceDatReading(bytes)
    // The last sections, which hold the options and the names of the sections.
    let cut = try TraceDatReading(Array(bytes.dropLast(200)))
    #expect(cut.summary.truncated)
    var expected = whole.items
    // Nothing in a page that is not compressed says which CPU it is of.
    if !form.isEmpty { for index in expected.indices { expected[index].cpu = Access.noCPU } }
    #expect(cut.items == expected)
  }

  @Test(arguments: [
    ("", "trace.dat header"), ("\u{17}\u{8}Dtracing9\0", "version \"9\""),
    ("\u{17}\u{8}Dtracing6\0\0\u{3}", "size of long"),
    ("\u{17}\u{8}Dtracing6\0\0\u{8}\u{3}\0\0\0", "page size"),
    ("\u{17}\u{8}Dtracing6\0\0\u{8}\0\u{10}\0\0header_pige\0", "expected name header_page"),
  ])
  func saysWhatItExpected(_ text: String, _ message: String) throws {
    let reading = try TraceDatReading(Array(text.utf8))
    #expect(reading.items.isEmpty)
    #expect(reading.summary.problems.first?.text.contains(message) == true)
  }

  @Test func goesOnBehindADamagedPage() throws {
    var bytes = MadeRecording(version: 6, cpus: 1, events: 400, pageSize: 1024).file()
    let whole = try TraceDatReading(bytes)
    // The commit of the third page from the end: more than a page can hold.
    let commit = bytes.count - 3 * 1024 + 8
    bytes[commit] = 0xff
    bytes[commit + 1] = 0xff
    let damaged = try TraceDatReading(bytes)
    #expect(damaged.summary.problems.first?.place == UInt64(commit - 8))
    #expect(damaged.summary.lostUnknown)
    #expect(damaged.summary.records < whole.summary.records)
    #expect(damaged.summary.lastTime == whole.summary.lastTime)
  }

  /// Two CPUs that claim the same bytes, and sections of options in a circle.
  @Test func isNotLedInCircles() throws {
    var bytes = MadeRecording(version: 7, cpus: 2, events: 200).file()
    let pointer = try #require(bytes.firstRange(of: Array("none\0\0".utf8))?.upperBound)
    // The last option is the end, and now names its own section.
    bytes.replaceSubrange(bytes.count - 8..<bytes.count, with: bytes[pointer..<pointer + 8])
    let reading = try TraceDatReading(bytes)
    #expect(!reading.items.isEmpty)
    #expect(reading.summary.records <= 200)
  }

  private func expectToSurviveCuts(_ bytes: [UInt8]) throws {
    let whole = try TraceDatReading(bytes)
    #expect(whole.summary.problems.isEmpty)
    try forEachCut(of: bytes) { cut in
      let reading = try TraceDatReading(cut)
      #expect(reading.summary.records <= whole.summary.records)
      if cut.count < bytes.count, reading.summary.records < whole.summary.records {
        #expect(!reading.summary.problems.isEmpty, "cut at \(cut.count)")
      }
    }
  }

  private func expectToSurviveChanges(_ bytes: [UInt8], count: Int) throws {
    try forEachMutation(of: bytes, count: count, seed: 7) { damaged, place in
      let reading = try TraceDatReading(damaged)
      let accesses = reading.items.filter { $0.kind != .lostEvents }.count
      // An event makes at most itself and a read that it shows to be over.
      #expect(UInt64(accesses) <= reading.summary.records * 2, "changed at \(place)")
      #expect(reading.summary.problems.allSatisfy { $0.place <= UInt64(bytes.count) })
    }
  }
}
