import ArgumentParser

/// The command; each subcommand is a file of its own.
@main struct Vtrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vtrace",
    abstract: "Analyze recordings of virtio drivers and devices.",
    discussion: """
      vtrace reads what passed between virtio drivers and their devices (pcapng, KVM trace records, \
      QEMU logs) and tells which side broke which clause of the specification, with the records \
      that prove it.
      """,
    version: "0.1.0",
    subcommands: [Analyze.self, RulesCommand.self, Recipe.self])
}
