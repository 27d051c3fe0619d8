import Foundation
import Rules
import Testing
import TraceKit

/// What a fuzzer once found, and what it starts from: once more, with nothing to choose.
///
/// See `Fuzz/` and CONTRIBUTING.md.
@Suite struct FailCaseTests {
  /// The inputs of a target: found ones, and the corpus that the fuzzer starts from.
  static func inputs(_ target: String) throws -> [[UInt8]] {
    let root = Fixtures.directory.deletingLastPathComponent().appending(path: "Fuzz")
    return try ["FailCases", "Corpus"].flatMap { folder in
      let url = root.appending(path: "\(folder)/\(target)")
      let files = try FileManager.default.contentsOfDirectory(
        at: url, includingPropertiesForKeys: nil)
      return try files.map { [UInt8](try Data(contentsOf: $0)) }
    }
  }

  @Test func recordings() throws {
    let inputs = try Self.inputs("FuzzRecordings")
    #expect(!inputs.isEmpty)
    for bytes in inputs {
      let reading = WholeReading(bytes, listing: true)
      #expect(reading.error != nil || !reading.text.isEmpty)
    }
  }

  @Test(arguments: ["FuzzTransactions", "FuzzAccesses"])
  func chosenByBytes(target: String) throws {
    let inputs = try Self.inputs(target)
    #expect(!inputs.isEmpty)
    let run = target == "FuzzAccesses" ? HostileAccesses.run : HostileTransactions.run
    for bytes in inputs {
      #expect(run(bytes).map(\.message) == run(bytes).map(\.message))
    }
  }

  @Test(arguments: ["FuzzSplitRing", "FuzzPackedRing", "FuzzChainWalk"])
  func rings(target: String) throws {
    let inputs = try Self.inputs(target)
    #expect(!inputs.isEmpty)
    for bytes in inputs {
      let problem =
        switch target {
        case "FuzzSplitRing": RingReading(HostileRing(bytes, packed: false)).problem
        case "FuzzPackedRing": RingReading(HostileRing(bytes, packed: true)).problem
        default: RingReading.chains(of: bytes)
        }
      #expect(problem == nil)
    }
  }
}
