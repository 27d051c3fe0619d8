import ArgumentParser
import Foundation

/// Writes the Swift tables of `VirtioSpec` from `fixtures/spec`, or says which are stale.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes Sources/VirtioSpec/Generated from fixtures/spec.")

  @Flag(help: "Write nothing; exit with status 1 if a file would change.")
  var check = false

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    let generator = try SpecGenerator(root: URL(fileURLWithPath: root, isDirectory: true))
    let stale = try generator.staleFiles()
    if check {
      for name in stale { print("stale: \(SpecGenerator.folder)/\(name)") }
      if !stale.isEmpty { throw ExitCode(1) }
    } else {
      try generator.write(stale)
      for name in stale { print("wrote \(SpecGenerator.folder)/\(name)") }
    }
  }
}
