import Rules

/// How many findings of each severity there are.
struct SeverityCounts: Sendable, Equatable {
  var errors = 0
  var warnings = 0
  var notes = 0

  mutating func add(_ severity: Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .note: notes += 1
    }
  }

  /// `2E 1W`, empty for none.
  var text: String {
    [(errors, "E"), (warnings, "W"), (notes, "N")].filter { $0.0 > 0 }
      .map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }
}
