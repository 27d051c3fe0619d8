public import ArgumentParser
public import Policies
public import VirtioSpec

/// Options that several subcommands share.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("device"), help: "Report only this device; repeatable.")
  var devices: [String] = []

  @Option(name: .customLong("hint"), help: "Read device hints from a JSON file; repeatable.")
  var hints: [String] = []

  @Option(help: "Colour the output.")
  var color = ColorOption.auto

  @Flag(help: "Print findings only.")
  var quiet = false

  @Option(help: "Show progress on standard error for work over a second.")
  var progress = ProgressOption.auto

  @Flag(help: "Exit with status 2 when an input is cut short or damaged.")
  var strictInput = false
}

extension SpecVersion: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public var defaultValueDescription: String { description }

  public static var allValueStrings: [String] { allCases.map(\.description) }
}

enum ColorOption: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

enum ProgressOption: String, ExpressibleByArgument, CaseIterable {
  case auto, never
}

extension Policy.FailLevel: ExpressibleByArgument {}
