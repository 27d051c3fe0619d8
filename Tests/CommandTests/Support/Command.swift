import Foundation

/// The root of the package.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A program that was run to its end.
struct Command {
  var status: Int32
  var output: String
  var errors: String

  /// The built `vtrace`, which lies beside the tests.
  static let vtrace = URL(filePath: ProcessInfo.processInfo.arguments[0])
    .deletingLastPathComponent().appending(path: "vtrace")

  /// Runs `vtrace` in the package's root.
  static func vtrace(_ arguments: String..., input: Data? = nil) throws -> Command {
    try run(vtrace, arguments, input: input)
  }

  /// Runs `program` in `directory`, the package's root by default, with `input` on its standard
  /// input and `variables` in its environment.
  static func run(
    _ program: URL, _ arguments: [String], input: Data? = nil, in directory: URL = packageRoot,
    variables: [String: String] = [:]
  ) throws -> Command {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment["COLUMNS"] = "100"
    // Where the tests run in GitHub's CI, this is theirs.
    environment["GITHUB_STEP_SUMMARY"] = nil
    environment.merge(variables) { $1 }
    process.environment = environment
    // Files instead of pipes: nothing has to be read while the program runs.
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = ["in", "out", "err"].map { folder.appending(path: $0) }
    try (input ?? Data()).write(to: paths[0])
    try Data().write(to: paths[1])
    try Data().write(to: paths[2])
    process.standardInput = try FileHandle(forReadingFrom: paths[0])
    process.standardOutput = try FileHandle(forWritingTo: paths[1])
    process.standardError = try FileHandle(forWritingTo: paths[2])
    try process.run()
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: paths[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: paths[2]), as: UTF8.self))
  }
}
