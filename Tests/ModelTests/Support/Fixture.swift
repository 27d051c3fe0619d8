import Foundation
import Model
import Recordings
import Wire

/// The directory of the recordings that the tests are measured against.
enum Fixture {
  static let directory: URL = {
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/",
      !FileManager.default.fileExists(atPath: url.appendingPathComponent("Package.swift").path)
    {
      url.deleteLastPathComponent()
    }
    return url.appendingPathComponent("fixtures")
  }()

  static func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  static func lines(_ name: String) throws -> [String] {
    try text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The transactions of a QEMU log.
  static func collectLog(_ name: String) throws -> TransactionCollector {
    var collector = TransactionCollector()
    var source = try ByteSource(path: path(name))
    var summary = InputSummary(path: name)
    var reader = QEMULogReader()
    try reader.read(&source, into: &collector, summary: &summary)
    return collector
  }

  /// The transactions of any recording that is told by its content.
  static func collect(_ name: String) throws -> TransactionCollector {
    var collector = TransactionCollector()
    _ = try Recording.read(path: path(name), into: &collector)
    return collector
  }
}
