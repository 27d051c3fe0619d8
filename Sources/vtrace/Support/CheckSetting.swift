import Policies
import PolicyFiles
import Recordings
import VirtioSpec

/// What a check follows: the policy, the baseline, and options, which win over the policy.
struct CheckSetting {
  var policy = Policy()
  /// Nil where none is used.
  var baseline: Baseline?
  var version: SpecVersion
  var failOn: Policy.FailLevel
  let today = PolicyPaths.today

  /// Reads what the options name; throws when it is wrong.
  init(_ options: Check) throws {
    let path = options.noConfig ? nil : options.config ?? PolicyPaths.nearestPolicy()
    if let path {
      policy = try PolicyReader.read(try SmallFile.read(path), path: path)
    }
    version = options.spec ?? policy.spec ?? .latest
    failOn = options.failOn ?? policy.failOn ?? .error
    let named = policy.baseline.map { PolicyPaths.resolve($0, from: policy.path ?? "") }
    guard let file = options.baseline ?? named else {
      guard !options.writeBaseline else { throw NoBaseline() }
      return
    }
    // One that is about to be written need not be there, and what it held does not matter.
    baseline =
      options.writeBaseline
      ? Baseline(path: file) : try BaselineReader.read(try SmallFile.read(file), path: file)
  }

  /// `--write-baseline` without a file to write.
  struct NoBaseline: Error, CustomStringConvertible {
    var description: String {
      "--write-baseline needs --baseline FILE, or 'baseline' in the policy"
    }
  }
}
