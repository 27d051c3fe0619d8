import ArgumentParser

/// The developers' own tool: what keeps the tree consistent and is of no use to a user.
@main struct VtraceDev: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vtrace-dev",
    abstract: "Keeps generated files of vtrace in step, and tries what damaged input does.",
    subcommands: [
      Generate.self, Pages.self, NewRule.self, TryPages.self, TryCorpus.self, Damage.self,
      Mutate.self, Soak.self, FirstScreen.self,
    ])
}
