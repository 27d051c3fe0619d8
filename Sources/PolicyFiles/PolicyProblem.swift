public import YAML

/// Why a policy or a baseline cannot be used: every mistake that was found in the file.
public struct PolicyProblem: Error, Sendable, CustomStringConvertible {
  /// The path as given.
  public var path: String
  public var mistakes: [YAMLProblem]

  /// `path:3:7: text`, a line for each mistake.
  public var description: String {
    mistakes.map { "\(path):\($0)" }.joined(separator: "\n")
  }
}
