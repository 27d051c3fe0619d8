import Foundation
import Recordings
import Rules

@testable import Model

/// A recording of `fixtures`, read to its end.
struct Recorded {
  var analysis: Analysis
  var summary: InputSummary

  var devices: [Device] { analysis.machine.devices.all }
  var pci: PCITransport { analysis.machine.pci }

  /// Reads the fixture at `path`, without judging it.
  init(
    _ path: String, onTransaction: (@Sendable (Transaction, Device) -> Void)? = nil
  ) throws {
    var analysis = Analysis()
    analysis.judges = false
    analysis.onTransaction = onTransaction
    summary = try Recording.read(path: Fixture.path(path), into: &analysis)
    self.analysis = analysis
  }

  func device(_ id: String) -> Device? { devices.first { $0.id == id } }

  func function(_ id: String) -> PCIFunction? { pci.functions.first { $0.name == id } }

  /// Where a structure of the function begins, nil where it lies nowhere.
  func structure(_ kind: PCIStructure.Kind, of id: String) -> UInt64? {
    function(id)?.placed.first { $0.kind == kind }?.base
  }
}

extension Fixture {
  /// Names of the files in `folder` that end in one of `suffixes`, relative to the directory.
  static func files(in folder: String, endingIn suffixes: String...) -> [String] {
    let all = try? FileManager.default.contentsOfDirectory(atPath: path(folder))
    return (all ?? []).filter { name in suffixes.contains { name.hasSuffix($0) } }
      .sorted().map { "\(folder)/\($0)" }
  }
}
