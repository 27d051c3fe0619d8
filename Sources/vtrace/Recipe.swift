import ArgumentParser
import Reports

/// `vtrace recipe`: how to record, for what proof.
struct Recipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print how to record with trace-cmd, perf, ftrace or QEMU, and what that proves.")

  @Argument(help: "A source: \(Recipes.all.map(\.name).joined(separator: ", ")).")
  var source: String?

  func run() throws {
    guard let source else {
      print(Recipes.overview, terminator: "")
      return
    }
    guard let recipe = Recipes.all.first(where: { $0.name == source }) else {
      let names = Recipes.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no recipe for '\(source)'; there are \(names)")
    }
    print(recipe.text, terminator: "")
  }
}
