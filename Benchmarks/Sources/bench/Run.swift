import Foundation

/// One program, timed as a whole process.
struct Run {
  var seconds: Double
  /// The most anonymous memory that it held, in bytes, sampled.
  var anonymous: Int
  var errors: String
  var status: Int32

  init(_ program: String, _ arguments: [String], preload: String? = nil) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    if let preload { environment["LD_PRELOAD"] = preload }
    process.environment = environment
    let folder = FileManager.default.temporaryDirectory
    let errorPath = folder.appending(path: "bench-\(UUID().uuidString)")
    try Data().write(to: errorPath)
    defer { try? FileManager.default.removeItem(at: errorPath) }
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    process.standardError = try FileHandle(forWritingTo: errorPath)
    let start = ContinuousClock.now
    try process.run()
    var most = 0
    while process.isRunning {
      most = max(most, Self.anonymous(of: process.processIdentifier))
      usleep(1000)
    }
    process.waitUntilExit()
    let took = ContinuousClock.now - start
    seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    anonymous = most
    errors = (try? String(contentsOf: errorPath, encoding: .utf8)) ?? ""
    status = process.terminationStatus
  }

  /// Anonymous and shared memory of a process now: what it holds beyond mapped files.
  private static func anonymous(of id: Int32) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8) else {
      return 0
    }
    var sum = 0
    for line in text.split(separator: "\n")
    where line.hasPrefix("RssAnon:") || line.hasPrefix("RssShmem:") {
      sum += (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }
    return sum
  }

  /// The median of `count` runs by time.
  static func median(_ count: Int, _ program: String, _ arguments: [String]) throws -> Run {
    let runs = try (0..<count).map { _ in try Run(program, arguments) }
    return runs.sorted { $0.seconds < $1.seconds }[count / 2]
  }
}
