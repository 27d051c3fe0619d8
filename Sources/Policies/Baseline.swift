/// What is accepted because it is there today: only what is not in it is new.
public struct Baseline: Sendable {
  /// The file it was read from or is written to.
  public var path: String
  public var keys: Set<FindingKey>

  public init(path: String, keys: Set<FindingKey> = []) {
    self.path = path
    self.keys = keys
  }

  public static var schema: String { "vtrace-baseline/1" }
}
