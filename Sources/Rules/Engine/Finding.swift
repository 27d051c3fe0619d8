public import Model
public import VirtioSpec

/// An accusation: a side broke a clause, and these records prove it.
public struct Finding: Sendable {
  /// The rule, and the catalogue's row of it.
  public var rule: String
  /// Other rules that the same event breaks.
  public var also: [String] = []
  public var row: CatalogueRow?
  /// The version of the specification that was judged by.
  public var spec = SpecVersion.latest
  /// Number of the device in the device table, and of its session.
  public var device: Int32
  public var session: Int
  /// Where it happened the first time.
  public var reference: RecordReference
  public var message: String
  /// The step that the finding is about; nil where it points at an earlier record, or the end of
  /// the session broke the rule.
  public var step: Transaction?
  /// How often in this session, and where last.
  public var count: UInt64 = 1
  public var last: RecordReference
  public var evidence: [Evidence]
  public var help: String?
  /// A finding of the same event, under a clause, stands for this one; not to be reported.
  public internal(set) var isAbsorbed = false

  /// A severity that somebody gave it, in place of that of the clause.
  public var changedSeverity: Severity?

  public var severity: Severity {
    if let changedSeverity { return changedSeverity }
    guard let row else { return .error }
    return Severity(row, in: spec)
  }
}

/// How bad a finding is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  case note
  case warning
  case error

  /// MUST is an error, SHOULD a warning; a proposal or text without a keyword, as `spec` has it,
  /// gives a note.
  public init(_ row: CatalogueRow, in spec: SpecVersion = .latest) {
    if !row.hasKeyword(in: spec) || row.isProposal {
      self = .note
      return
    }
    switch row.level {
    case .must, .mustNot: self = .error
    case .should, .shouldNot: self = .warning
    default: self = .note
    }
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}
