import Foundation
import Model
import Recordings

/// Starts a process for every recording and form, a few at a time, and gathers what they say.
struct DamageOverseer {
  let seed: UInt64
  let jobs: Int
  let isVerbose: Bool
  private(set) var failed = 0
  private(set) var cases = 0
  private var recordings = 0
  private var peak = 0
  private var waiting: [(path: String, form: DamageForm)] = []
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private let start = Date()

  init(seed: UInt64, jobs: Int, isVerbose: Bool) {
    self.seed = seed
    self.jobs = jobs
    self.isVerbose = isVerbose
  }

  /// What there is to say at the end.
  var summary: String {
    let seconds = Int(Date().timeIntervalSince(start).rounded())
    return """
      \(cases) cases of \(recordings) recordings and forms in \(seconds) s, seed \(seed): \
      \(failed) failed; at most \(peak) KiB beyond the input
      """
  }

  /// Adds a recording, or all recordings in a folder.
  mutating func add(_ path: String) {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isFolder.boolValue else { return addFile(path) }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    for name in names.sorted() { addFile("\(path)/\(name)") }
  }

  /// Adds a file when it is a recording, whatever its name is.
  private mutating func addFile(_ path: String) {
    var nothing = NoSink()
    guard let summary = try? Recording.read(path: path, into: &nothing), summary.records > 0
    else { return }
    waiting.append((path, .given))
    if ["zst", "gz"].contains(where: path.hasSuffix) { waiting.append((path, .content)) }
  }

  private struct NoSink: AccessSink {
    mutating func receive(_ batch: Span<Access>, payload: RawSpan) {}
  }

  /// Runs all of them.
  mutating func run() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    recordings = waiting.count
    // The long ones first, so that none is left alone at the end.
    waiting.sort { Self.size($0.path) < Self.size($1.path) }
    var running: [DamageProcess] = []
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < jobs, let next = waiting.popLast() {
        running.append(try DamageProcess(path: next.path, form: next.form, seed: seed, in: folder))
      }
      for process in running where !process.isRunning { take(process) }
      running.removeAll { !$0.isRunning }
      usleep(2000)
    }
  }

  private static func size(_ path: String) -> UInt64 { FileSize.of(path) ?? 0 }

  private mutating func take(_ process: DamageProcess) {
    let result = process.result
    cases += result?.cases ?? 0
    peak = max(peak, result?.peak ?? 0)
    if let ending = process.ending {
      failed += 1
      print(ending)
    }
    failed += result?.failures.count ?? 0
    if isVerbose || result?.failures.isEmpty == false { result.map { print($0) } }
    // Told at once, also when nobody is at a terminal.
    fflush(nil)
  }
}
