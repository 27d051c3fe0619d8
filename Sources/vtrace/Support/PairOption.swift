public import ArgumentParser

/// `GOOD=BAD`: ids of two devices that belong together.
public struct PairOption: ExpressibleByArgument, Sendable {
  public var good: String
  public var bad: String

  public init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    good = String(parts[0])
    bad = String(parts[1])
  }
}
