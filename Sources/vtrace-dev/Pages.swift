import ArgumentParser
import Foundation
import Query

/// Writes the rules' pages into the program, so that `vtrace rules ID` needs no file, and the fields
/// of the filter language into its page.
struct Pages: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes Sources/Rules/Generated from docs/rules, and the tables of docs/filter.md.")

  @Flag(help: "Write nothing; exit with status 1 if the file would change.")
  var check = false

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    try writeFilterPage()
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

  private func writeFilterPage() throws {
    let folder = URL(fileURLWithPath: root, isDirectory: true)
    let file = folder.appendingPathComponent("docs/filter.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    guard let written = QueryDocumentation.page(page), written != page else { return }
    if check {
      print("stale: docs/filter.md")
      throw ExitCode(1)
    }
    try written.write(to: file, atomically: true, encoding: .utf8)
    print("wrote docs/filter.md")
  }
}
