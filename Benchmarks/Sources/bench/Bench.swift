import Foundation

/// Measures `vtrace analyze` against its peers on the same files, in one run.
///
///     swift build -c release && (cd Benchmarks && swift run -c release bench)
///
/// Arguments: the number of accesses (10,000,000 when not given) and how often each program runs
/// (3). `bench rings` measures the walk over rings alone. Figures are of this machine; the ratios are what counts.
@main struct Bench {
  static func main() throws {
    // `bench write FILE COUNT` only writes a recording, for a profiler.
    if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "write" {
      let count = Int(CommandLine.arguments[3]) ?? 0
      let path = CommandLine.arguments[2]
      if path.hasSuffix(".rings.pcapng") {
        try Files.rings(path, byteCount: count)
      } else if path.hasSuffix(".dat") {
        try Files.traceDat(path, count: count)
      } else {
        try Files.pcapng(path, count: count)
      }
      return
    }
    if CommandLine.arguments.count > 1, CommandLine.arguments[1].hasPrefix("rings") {
      return try rings()
    }
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let count = arguments.first ?? 10_000_000
    let runs = arguments.dropFirst().first ?? 3
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bench = try Bench(root: root, count: count, runs: runs)
    defer { try? FileManager.default.removeItem(at: bench.folder) }
    try bench.pcapng()
    try bench.memoryRecords()
    try bench.traceDat()
    try bench.check()
    try bench.diff()
    try bench.startUp()
    try bench.allocations()
  }

  /// `rings [ROUNDS [RUNS]]`, with its allocations; `rings-only ROUNDS` is what those are counted in.
  private static func rings() throws {
    let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
    let rounds = numbers.first ?? 1_000_000
    if CommandLine.arguments[1] == "rings-only" { return try RingBench.walkOnly(rounds: rounds) }
    try RingBench.run(rounds: rounds, runs: numbers.dropFirst().first ?? 5)
    let counts = try [1_000, 11_000].map {
      try allocations(CommandLine.arguments[0], ["rings-only", "\($0)"])
    }
    guard let few = counts[0], let many = counts[1] else { return }
    print("heap allocations: \(few) for 6,000 rings, \(many) for 66,000")
  }

  let root: URL
  let folder: URL
  let vtrace: String
  let count: Int
  let runs: Int

  init(root: URL, count: Int, runs: Int) throws {
    self.root = root
    self.count = count
    self.runs = runs
    vtrace = root.appending(path: ".build/release/vtrace").path
    folder = FileManager.default.temporaryDirectory.appending(path: "vtrace-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard FileManager.default.isExecutableFile(atPath: vtrace) else {
      print("build vtrace first: swift build -c release --product vtrace")
      exit(2)
    }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func pcapng() throws {
    let file = path("mmio.pcapng")
    try Files.pcapng(file, count: count)
    try checkRecords(file)
    let mine = try Run.median(runs, vtrace, ["analyze", file])
    let checksum = try Run.median(runs, "/usr/bin/cksum", [file])
    let bare = try Run.median(runs, vtrace, ["analyze", "--no-rules", file])
    show("analyze, pcapng", mine, per: count)
    show("analyze --no-rules", bare, per: count)
    ratio("analyze / analyze --no-rules", mine.seconds / bare.seconds, target: "at most 2")
    show("cksum", checksum, per: count)
    try withPeer("tshark", ["-r", file, "-T", "fields", "-e", "frame.number"]) {
      ratio("tshark / analyze", $0.seconds / mine.seconds, target: "at least 60")
    }
    ratio("analyze / cksum", mine.seconds / checksum.seconds, target: "at most 10")
    memory(mine)
    try FileManager.default.removeItem(atPath: file)
  }

  /// A recording with the memory of its rings, against one without, by the byte.
  func memoryRecords() throws {
    let (plain, rings) = (path("plain.pcapng"), path("memory.pcapng"))
    try Files.pcapng(plain, count: count)
    try Files.rings(rings, byteCount: 1 << 30)
    let without = try Run.median(runs, vtrace, ["analyze", plain])
    let with = try Run.median(runs, vtrace, ["analyze", "--fail-on", "never", rings])
    let speeds = [speed(with, of: rings), speed(without, of: plain)]
    print("analyze, 1 GiB with memory records: \(milliseconds(with.seconds)), ", terminator: "")
    print(String(format: "%.0f MB/s; without: %.0f MB/s", speeds[0] / 1e6, speeds[1] / 1e6))
    ratio("with / without, by the byte", speeds[0] / speeds[1], target: "at least 0.5")
    memory(with)
    for file in [plain, rings] { try FileManager.default.removeItem(atPath: file) }
  }

  private func speed(_ run: Run, of file: String) -> Double {
    let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size]) as? Int
    return Double(size ?? 0) / run.seconds
  }

  func traceDat() throws {
    let file = path("mmio.dat")
    try Files.traceDat(file, count: count)
    let mine = try Run.median(runs, vtrace, ["analyze", file])
    show("analyze, trace.dat", mine, per: count)
    try withPeer("trace-cmd", ["report", "-i", file]) {
      ratio("trace-cmd report / analyze", $0.seconds / mine.seconds, target: "at least 20")
    }
    memory(mine)
    try FileManager.default.removeItem(atPath: file)
  }

  /// Four recordings at once, against one after the other.
  func check() throws {
    let files = (0..<4).map { path("check-\($0).pcapng") }
    for file in files { try Files.pcapng(file, count: count / 4) }
    let one = try Run.median(runs, vtrace, ["check", files[0]])
    let four = try Run.median(runs, vtrace, ["check"] + files)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    print("check, 4 files: \(milliseconds(four.seconds)); 1 file: \(milliseconds(one.seconds))")
    ratio("4 × one / four, on \(cores) cores", 4 * one.seconds / four.seconds, target: "as many")
    for file in files { try FileManager.default.removeItem(atPath: file) }
  }

  /// Two recordings side by side, against the analysis of both.
  func diff() throws {
    let (good, bad) = (path("good.pcapng"), path("bad.pcapng"))
    try Files.pcapng(good, count: count / 10)
    try Files.pcapng(bad, count: count / 10)
    let one = try Run.median(runs, vtrace, ["analyze", good])
    let both = try Run.median(runs, vtrace, ["diff", good, bad])
    show("diff of two files, each", both, per: count / 5)
    ratio("diff / analyze of both", both.seconds / (2 * one.seconds), target: "none")
    memory(both)
    for file in [good, bad] { try FileManager.default.removeItem(atPath: file) }
  }

  /// A whole run on 100 records.
  func startUp() throws {
    let file = path("small.pcapng")
    try Files.pcapng(file, count: 100)
    let mine = try Run.median(21, vtrace, ["analyze", file])
    print("analyze, 100 records: \(milliseconds(mine.seconds)) (target: under 30 ms)")
  }

  /// Heap allocations of two lengths: what a record costs is the slope.
  func allocations() throws {
    let filter = ["--filter", "queue == 0 && status & DRIVER_OK"]
    for (name, options) in [("analyze", []), ("analyze --filter", filter)] {
      var counts: [Int] = []
      for count in [100_000, 1_100_000] {
        let file = path("count.pcapng")
        try Files.pcapng(file, count: count)
        guard let number = try Self.allocations(vtrace, ["analyze", file] + options) else { return }
        counts.append(number)
      }
      let slope = Double(counts[1] - counts[0]) / 1_000_000
      print(
        "\(name), heap allocations: \(counts[0]) for 100,000 records, \(counts[1]) for 1,100,000: ",
        terminator: "")
      print("\(slope) a record")
    }
  }

  /// Heap allocations of one run; nil, and said so, where the counter is not built.
  private static func allocations(_ program: String, _ arguments: [String]) throws -> Int? {
    let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "libMallocCounter.so").path
    guard FileManager.default.fileExists(atPath: library) else {
      print("allocations: build the counter first: swift build -c release --product MallocCounter")
      return nil
    }
    let run = try Run(program, arguments, preload: library)
    return run.errors.split(separator: "\n").compactMap { line in
      line.hasPrefix("allocations ") ? Int(line.dropFirst(12)) : nil
    }.last
  }

  /// The result is asserted, so that a fast wrong answer does not count.
  private func checkRecords(_ file: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: vtrace)
    process.arguments = ["analyze", "--format", "json", file]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let input = (report?["inputs"] as? [[String: Any]])?.first
    let devices = report?["devices"] as? [[String: Any]]
    guard input?["records"] as? Int == count, devices?.count == 1 else {
      print("vtrace analyze does not see what was written: \(input ?? [:])")
      exit(1)
    }
  }

  private func withPeer(_ name: String, _ arguments: [String], _ body: (Run) -> Void) throws {
    guard
      let program = ["/usr/bin/", "/bin/", "/usr/local/bin/"].map({ $0 + name })
        .first(where: FileManager.default.isExecutableFile)
    else {
      print("\(name) is not installed")
      return
    }
    // The peers take minutes; one run of each is enough for a ratio of this size.
    let run = try Run(program, arguments)
    show(name, run, per: count)
    body(run)
  }

  private func show(_ name: String, _ run: Run, per count: Int) {
    let each = run.seconds * 1e9 / Double(count)
    print("\(name): \(milliseconds(run.seconds)), \(String(format: "%.1f", each)) ns an access")
  }

  private func ratio(_ name: String, _ value: Double, target: String) {
    print("\(name): \(String(format: "%.1f", value)) (target: \(target))")
  }

  private func memory(_ run: Run) {
    let mebibytes = Double(run.anonymous) / 1_048_576
    print("memory beyond the file: \(String(format: "%.1f", mebibytes)) MiB (target: under 64)")
  }

  private func milliseconds(_ seconds: Double) -> String {
    String(format: "%.1f ms", seconds * 1000)
  }
}
