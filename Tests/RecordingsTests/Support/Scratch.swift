import Foundation

/// A directory of its own for one test, removed with it.
final class Scratch {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("vtrace-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: directory)
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = directory.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  func path(_ name: String) -> String {
    directory.appendingPathComponent(name).path
  }
}

/// Runs a program and returns its standard output; throws when it fails.
@discardableResult
func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  process.standardInput =
    try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
    ?? FileHandle.nullDevice
  try process.run()
  let bytes = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ToolFailure(command: ([program] + arguments).joined(separator: " "))
  }
  return [UInt8](bytes)
}

struct ToolFailure: Error {
  var command: String
}

/// The directory of the recordings that the tests are measured against.
enum Fixtures {
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
}
