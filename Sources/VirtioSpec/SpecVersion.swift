/// A numbered version of the specification, oldest first.
///
/// What was "before 1.0" counts as `v1_0`: every version that has a number includes it.
public enum SpecVersion: Sendable, Comparable, BitwiseCopyable, CaseIterable {
  // The underscore stands for the point of the number, which no other spelling keeps readable.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case v1_0
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case v1_1
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case v1_2
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case v1_3
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case v1_4

  /// The version that `text` names: `1.0` to `1.4`, or one of the two ways in which the tables
  /// speak of what is older than 1.0.
  public init?(_ text: String) {
    switch text {
    case "1.0", "before 1.0", "1.0 (and earlier)": self = .v1_0
    case "1.1": self = .v1_1
    case "1.2": self = .v1_2
    case "1.3": self = .v1_3
    case "1.4": self = .v1_4
    default: return nil
    }
  }

  /// The newest version that these tables describe.
  public static var latest: SpecVersion { .v1_4 }
}

extension SpecVersion: CustomStringConvertible {
  /// The number as the title page has it, such as `1.2`.
  public var description: String {
    switch self {
    case .v1_0: "1.0"
    case .v1_1: "1.1"
    case .v1_2: "1.2"
    case .v1_3: "1.3"
    case .v1_4: "1.4"
    }
  }
}
