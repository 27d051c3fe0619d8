import Foundation

/// A folder that is there for one test.
final class Folder {
  let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, and the folders that it needs.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file.path
  }

  /// Copies a fixture.
  @discardableResult
  func copy(_ fixture: String, to name: String) throws -> String {
    try write(name, Data(contentsOf: packageRoot.appending(path: fixture)))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  /// Runs `vtrace` here.
  func vtrace(_ arguments: String..., variables: [String: String] = [:]) throws -> Command {
    try Command.run(Command.vtrace, arguments, in: url, variables: variables)
  }
}

/// Recordings that tests of `check` use.
enum Recorded {
  static let broken = "fixtures/x86/qtest/clears-status-bit.qemu.log"
  static let clean = "fixtures/x86/qtest/good.qemu.log"
  static let warned = "fixtures/mmio-other/microvm-seabios-modern-blk.log"
  static let noted = "fixtures/x86/qtest/queue-size-too-big.qemu.log"
  static let binary = "fixtures/ccw/linux-blk-rev2.pcapng"
}
