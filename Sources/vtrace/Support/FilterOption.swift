import ArgumentParser
import Query

/// `--filter`, which several commands share.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show only what matches, such as 'queue == 1 && kind == kick'; docs/filter.md.",
      valueName: "expression"),
    completion: .custom { words, _, _ in FilterOptions.complete(words.last ?? "") },
    transform: FilterOptions.read)
  var filter: Query?

  @Sendable private static func read(_ text: String) throws -> Query {
    do throws(QueryProblem) {
      return try Query(text)
    } catch {
      throw ValidationError("\(error)\n\(error.marked(in: text))")
    }
  }

  /// Whole filters, for the shell.
  private static func complete(_ word: String) -> [String] {
    let completion = Query.complete(word)
    return completion.candidates.map { completion.applied($0, to: word) }
  }
}
