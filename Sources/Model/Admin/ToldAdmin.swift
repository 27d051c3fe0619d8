/// The administration command or result that the step at hand tells.
public indirect enum ToldAdmin: Sendable, Equatable {
  case command(AdminCommand)
  case result(AdminResult)
}

extension ToldChain {
  /// A chain of which nothing is told but what is administered.
  public init(_ admin: ToldAdmin?) {
    self.init()
    self.admin = admin
  }

  /// The command of an `adminCommand` step.
  public var command: AdminCommand? {
    if case .command(let command) = admin { command } else { nil }
  }

  /// The result of an `adminResult` step.
  public var result: AdminResult? {
    if case .result(let result) = admin { result } else { nil }
  }
}
