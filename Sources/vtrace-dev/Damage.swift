import ArgumentParser
import Foundation

/// Damages recordings in every way and reads what is left, to show that nothing crashes, hangs or
/// takes more memory than it may, and that what stands before the damage is read as ever.
///
/// Each recording is read by a process of its own, so that a crash costs one recording and is told.
struct Damage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cuts and changes recordings, and checks what the analysis makes of them.",
    discussion: """
      Every recording is cut at 200 places, and 2,000 times a few of its bytes are changed; a \
      compressed one both as it is and decompressed. Recordings above 1 MB get fewer changes, so \
      that all take about the same time; the number of cases is printed. Meant for release builds.
      """)

  @Argument(help: "Recordings, or folders of them.")
  var paths = ["fixtures"]

  @Option(help: "The seed of the changes.")
  var seed: UInt64 = 0x7674_7261_6365

  @Option(help: "Recordings that are read at the same time.")
  var jobs = 2

  @Flag(help: "Print a line for every recording.")
  var verbose = false

  @Option(help: "Try only the case of this number, of the form that --form names.")
  var only: Int?

  @Option(help: "Damage the file as it is (given), or what it decompresses to (content).")
  var form: DamageForm?

  @Option(help: .hidden)
  var state: String?

  func run() throws {
    if let form, let path = paths.first {
      var trial = try DamageTrial(path: path, form: form, seed: seed, only: only, state: state)
      try trial.run()
      print(trial.result)
      if !trial.failures.isEmpty { throw ExitCode(1) }
      return
    }
    var overseer = DamageOverseer(seed: seed, jobs: max(jobs, 1), isVerbose: verbose)
    for path in paths { overseer.add(path) }
    try overseer.run()
    print(overseer.summary)
    if overseer.failed > 0 { throw ExitCode(1) }
  }
}

/// What of a recording is damaged.
enum DamageForm: String, ExpressibleByArgument, CaseIterable {
  /// The bytes of the file, compressed ones included.
  case given
  /// What a compressed file holds.
  case content
}
