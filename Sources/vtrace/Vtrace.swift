import ArgumentParser
import Glibc
import Recordings

/// The command; each subcommand is a file of its own.
@main struct Vtrace: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "vtrace",
    abstract: "Analyze recordings of virtio drivers and devices.",
    discussion: """
      vtrace reads what passed between virtio drivers and their devices (pcapng, KVM trace records, \
      QEMU logs) and tells which side broke which clause of the specification, with the records \
      that prove it.
      """,
    version: version,
    subcommands: [
      Analyze.self, Check.self, Diff.self, View.self, Live.self, Rings.self, Record.self,
      Convert.self,
      RulesCommand.self, Recipe.self,
    ])

  /// Runs the command with the exit status of the contract: bad arguments are 2 as everything else
  /// that keeps the job from being done, where ArgumentParser's own `main` has 64.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      guard code == .validationFailure || error is RecordingError else { exit(withError: error) }
      StandardError.write(fullMessage(for: error) + "\n")
      Glibc.exit(2)
    }
  }
}
