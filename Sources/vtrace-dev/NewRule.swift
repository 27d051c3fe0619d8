import ArgumentParser
import Foundation
import VirtioSpec

/// Writes the file and the page of a rule that is not there yet, from its row in the catalogue.
struct NewRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-rule",
    abstract: "Begins a rule: its file, its page, and the lines for its area.")

  @Argument(help: "The id of the statement in the catalogue, such as core.init.reset-first.")
  var id: String

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    guard let row = Catalogue.row(id) else {
      throw ValidationError("the catalogue has no statement \(id)")
    }
    let template = RuleTemplate(row: row)
    let base = URL(fileURLWithPath: root, isDirectory: true)
    let files = [(template.sourcePath, template.source), (template.pagePath, template.page)]
    for (path, text) in files {
      let file = base.appending(path: path)
      guard !FileManager.default.fileExists(atPath: file.path) else {
        throw ValidationError("\(path) is there already")
      }
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      print("wrote \(path)")
    }
    print("now add to the area of \(template.folder):\n\(template.areaLines)")
  }
}
