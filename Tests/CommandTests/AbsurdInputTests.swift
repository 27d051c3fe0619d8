import Foundation
import Testing

/// Input that is none: a clear message, the promised exit status, and soon.
@Suite struct AbsurdInputTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private static let log = "fixtures/x86/qtest/good.qemu.log"
  private static let packets = "fixtures/ccw/linux-rng-rev2.pcapng"

  private func file(_ name: String, _ data: Data) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try data.write(to: url)
    return url.path
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  private func fixture(_ path: String) throws -> Data {
    try Data(contentsOf: packageRoot.appending(path: path))
  }

  /// Makes a file that is not worth keeping.
  private func shell(_ command: String) throws {
    let run = try Command.run(URL(filePath: "/bin/sh"), ["-c", command])
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Expects that the input cannot be read at all, and that the message names it.
  private func expectRefusal(_ path: String, _ message: String) throws {
    let run = try Command.vtrace("analyze", path)
    #expect(run.status == 2)
    #expect(run.errors == "vtrace: \(path): \(message)\n")
    #expect(run.output.isEmpty || run.output.hasPrefix("no "))
  }

  @Test func nothingAtAll() throws {
    defer { remove() }
    try expectRefusal(try file("empty", Data()), "is empty")
    try expectRefusal("/dev/null", "is empty")
    for (name, program) in [("nothing.gz", "gzip -c"), ("nothing.zst", "zstd -qc")] {
      let path = try file(name, Data())
      try shell(": | \(program) > '\(path)'")
      try expectRefusal(path, "is empty")
    }
  }

  @Test func aPipeThatClosesAtOnce() throws {
    defer { remove() }
    let path = try file("unused", Data()) + ".pipe"
    // In one shell: a process that outlives its parent is waited for too.
    let run = try Command.run(
      URL(filePath: "/bin/sh"),
      ["-c", "mkfifo '\(path)'; (: > '\(path)') & exec '\(Command.vtrace.path)' analyze '\(path)'"])
    #expect(run.status == 2)
    #expect(run.errors == "vtrace: \(path): is empty\n")
  }

  @Test func oneByte() throws {
    defer { remove() }
    try expectRefusal(
      try file("one", Data("x".utf8)), "no known recording format; it begins with 78 (\"x\")")
  }

  @Test func aDirectory() throws {
    try expectRefusal("fixtures", "is a directory, not a recording")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func aFileThatMayNotBeRead() throws {
    defer { remove() }
    let path = try file("secret", try fixture(Self.log))
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    try expectRefusal(path, "cannot open it: Permission denied")
  }

  @Test func aBlockAsLongAsItCanSay() throws {
    defer { remove() }
    var data = try fixture(Self.packets)
    data.replaceSubrange(384..<388, with: [0xff, 0xff, 0xff, 0xff])
    let run = try Command.vtrace("analyze", "--fail-on", "never", try file("long", data))
    #expect(run.status == 0)
    #expect(
      run.output.contains(
        "damaged at offset 380: expected a block length that is a multiple of 4 and fits the "
          + "block, found 4294967295; went on at offset 476"))
  }

  @Test func zerosBehindAHeader() throws {
    defer { remove() }
    let data = try fixture(Self.packets)
    // Section and interface are whole, and then there is nothing but a hole in the file.
    let length = data.withUnsafeBytes { bytes in
      let section = Int(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
      return section + Int(bytes.loadUnaligned(fromByteOffset: section + 4, as: UInt32.self))
    }
    let path = try file("hole", data.prefix(length))
    try shell("truncate -s 128M '\(path)'")
    let run = try Command.vtrace("analyze", path)
    #expect(run.status == 0)
    #expect(run.output.contains("damaged at offset \(length): expected a block length"))
    #expect(try Command.vtrace("analyze", "--strict-input", path).status == 2)
  }

  @Test func zerosThatTakeUpNearlyNothing() throws {
    defer { remove() }
    let path = try file("bomb", Data())
    try shell("head -c 10737418240 /dev/zero | zstd -qc > '\(path)'")
    let run = try Command.vtrace("analyze", path)
    #expect(run.status == 2)
    #expect(
      run.errors.hasPrefix("vtrace: \(path): no known recording format; it begins with 00 00"))
  }

  @Test func aLineOfAHundredMegabytes() throws {
    defer { remove() }
    let log = try fixture(Self.log)
    // Behind the 19th line.
    let place = log.indices.filter { log[$0] == 0x0a }[18] + 1
    var data = log.prefix(place)
    data.append(Data(repeating: 0x78, count: 100 << 20))
    data.append(0x0a)
    data.append(log.suffix(from: place))
    let run = try Command.vtrace("analyze", "--fail-on", "never", try file("line", data))
    #expect(run.status == 0)
    #expect(run.output.contains("damaged at line 20: line is longer than 65536 bytes"))
    let whole = try Command.vtrace("analyze", "--fail-on", "never", Self.log)
    // The devices are told as ever; only the head of the report names the damage.
    let devices = whole.output.split(separator: "\n").filter { $0.hasPrefix("0000:") }
    #expect(!devices.isEmpty)
    for device in devices { #expect(run.output.contains(device)) }
  }
}
