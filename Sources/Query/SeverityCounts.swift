import Rules

/// How many findings of each severity there are.
public struct SeverityCounts: Sendable, Equatable {
  public private(set) var errors = 0
  public private(set) var warnings = 0
  public private(set) var notes = 0

  mutating func add(_ severity: Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .note: notes += 1
    }
  }

  /// `2E 1W`, empty for none.
  public var text: String {
    [(errors, "E"), (warnings, "W"), (notes, "N")].filter { $0.0 > 0 }
      .map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }
}
