import ArgumentParser

/// Options of the commands with a screen.
struct ViewOptions: ParsableArguments {
  @Option(help: "Transactions that are kept to scroll back to; what came before is dropped.")
  var history = 200_000

  @Option(name: .customLong("hint"), help: "Read device hints from a JSON file; repeatable.")
  var hints: [String] = []

  @Option(
    name: .customLong("memory"),
    help: "Guest memory to read rings from, as in `vtrace rings`; repeatable.")
  var memory: [String] = []

  @OptionGroup var filtering: FilterOptions

  @Option(help: "Colours; auto is off where NO_COLOR is set.")
  var color = ColorOption.auto

  func validate() throws {
    guard history > 0, history <= 100_000_000 else {
      throw ValidationError("--history is a number from 1 to 100000000")
    }
  }
}
