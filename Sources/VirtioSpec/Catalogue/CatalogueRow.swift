/// One normative statement of the specification, in our words.
public struct CatalogueRow: Sendable, Hashable {
  /// Its id, which is the id of the rule that checks it and never changes its meaning.
  public let id: String
  /// The section of the specification 1.4 it stands in; `proposal` for one that rests on a proposal
  /// of 2021 that never became text.
  public let section: String
  /// The title of the conformance block it was taken from.
  public let label: String
  /// Who has to keep it.
  public let actor: Actor
  /// How binding it is.
  public let level: Level
  /// Which part of the specification it belongs to.
  public let scope: Scope
  /// The device type that it is about; nil for statements about every type.
  public let device: DeviceType?
  /// The statement.
  public let statement: String
  /// What a recording must hold to decide it.
  public let evidence: Evidence
  /// How to decide it.
  public let check: String
  /// When a naive check would accuse wrongly; may be empty.
  public let trap: String
  /// Whether it rests on a proposal, not on the text.
  public let isProposal: Bool
  /// Whether the text says it with MUST, SHOULD or MAY. Without, a finding is a note at most.
  public let hasKeyword: Bool
  /// The version that brought it; nil when that is 1.0.
  public let specVersionIntroduced: SpecVersion?
  /// The version from which on the text says it with its keyword, where that came later than the
  /// statement itself.
  public let keywordSince: SpecVersion?

  /// Whether the text of `version` says it.
  public func holds(in version: SpecVersion) -> Bool {
    specVersionIntroduced.map { $0 <= version } ?? true
  }

  /// Whether the text of `version` says it with MUST, SHOULD or MAY.
  public func hasKeyword(in version: SpecVersion) -> Bool {
    hasKeyword && (keywordSince.map { $0 <= version } ?? true)
  }
}
