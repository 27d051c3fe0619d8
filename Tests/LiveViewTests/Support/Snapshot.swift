import Foundation
import Testing

/// Compares `text` with the snapshot `name`; with VTRACE_RECORD set it writes the snapshot instead
/// and fails, so that nobody commits one by accident.
func expectSnapshot(_ text: String, _ name: String) throws {
  let path = packageRoot.appending(path: "Tests/LiveViewTests/Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["VTRACE_RECORD"] != nil {
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: path, atomically: true, encoding: .utf8)
    Issue.record("recorded \(name)")
    return
  }
  let known = try #require(
    try? String(contentsOf: path, encoding: .utf8), "no snapshot \(name); set VTRACE_RECORD")
  #expect(text == known)
}
