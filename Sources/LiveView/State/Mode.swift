/// What keys are for.
public enum Mode: Sendable, Equatable {
  case normal
  case help
  /// A line is typed.
  case input(Purpose)
  /// The next key names a mark to set, or to go to.
  case mark
  case jump

  public enum Purpose: Sendable, Equatable {
    case search, filter, command, save

    var prompt: String {
      switch self {
      case .search: "/"
      case .filter: "filter: "
      case .command: ":"
      case .save: "save as: "
      }
    }
  }
}
