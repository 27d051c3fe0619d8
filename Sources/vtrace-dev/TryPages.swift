import ArgumentParser
import Foundation
import Rules
import TraceKit

/// Runs the rules' pages, without building any test.
struct TryPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try-pages",
    abstract: "Runs the traces of the rules' pages and tells which do not find what they announce.",
    discussion: "The tests run them too; this is quicker while a rule is being written.")

  @Argument(help: "The beginning of the ids; all when left out.")
  var prefix = ""

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    let folder = URL(fileURLWithPath: root, isDirectory: true).appendingPathComponent("docs/rules")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    var problems: [String] = []
    var met: Set<String> = []
    for name in (names ?? []).filter({ $0.hasSuffix(".md") }).sorted() {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      guard let page = RulePage(text), page.id.hasPrefix(prefix), name != "undecidable.md" else {
        continue
      }
      met.insert(page.id)
      problems += Self.problems(of: page, at: name)
    }
    for id in RuleSet.ids where id.hasPrefix(prefix) && !met.contains(id) {
      problems.append("\(id): no page")
    }
    for problem in problems { print(problem) }
    print("\(met.count) pages, \(problems.count) problems")
    if !problems.isEmpty { throw ExitCode(1) }
  }

  private static func problems(of page: RulePage, at name: String) -> [String] {
    var problems: [String] = []
    if !RuleSet.ids.contains(page.id) { problems.append("\(page.id): no rule") }
    if name != page.id.replacing(".", with: "/") + ".md" {
      problems.append("\(page.id): the page stands at \(name)")
    }
    if page.broken.isEmpty || page.broken.contains(where: { $0.due.isEmpty }) {
      problems.append("\(page.id): a broken trace announces nothing, or there is none")
    }
    if page.kept.isEmpty || page.kept.contains(where: { !$0.due.isEmpty }) {
      problems.append("\(page.id): a kept trace announces a finding, or there is none")
    }
    for trace in page.broken + page.kept {
      do {
        let found = try trace.findings(of: page.id)
        if found != trace.due {
          problems.append("\(trace.description): due \(trace.due), found \(found)")
        }
      } catch {
        problems.append("\(trace.description): \(error)")
      }
    }
    return problems
  }
}
