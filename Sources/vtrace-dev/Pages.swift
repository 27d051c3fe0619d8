import ArgumentParser
import Foundation

/// Writes the rules' pages into the program, so that `vtrace rules ID` needs no file.
struct Pages: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes Sources/Rules/Generated from docs/rules.")

  @Flag(help: "Write nothing; exit with status 1 if the file would change.")
  var check = false

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    let pages = try PageGenerator(root: URL(fileURLWithPath: root, isDirectory: true))
    let stale = pages.staleFiles
    if check {
      for name in stale { print("stale: \(name)") }
      if !stale.isEmpty { throw ExitCode(1) }
      return
    }
    try pages.write(stale)
    for name in stale { print("wrote \(name)") }
  }
}
