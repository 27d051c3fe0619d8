import VirtioSpec

/// The id of a rule, or the beginning of some up to a dot: `core.init` is every rule whose id
/// begins with `core.init.`.
public struct RulePattern: Sendable, Hashable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// Whether the rule `id` is meant.
  public func matches(_ id: String) -> Bool {
    guard id.hasPrefix(text) else { return false }
    return id.utf8.count == text.utf8.count || id.utf8.dropFirst(text.utf8.count).first == 0x2e
  }

  /// Every text that means at least one rule: the ids of the catalogue, those of the policy's own
  /// findings, and their beginnings.
  ///
  /// A statement that no rule checks yet counts, because its id stays what it is.
  public static let known: Set<String> = {
    var known: Set<String> = []
    let ids = (0..<Catalogue.count).compactMap(Catalogue.id(number:))
    for id in ids + PolicyFinding.ids {
      known.insert(id)
      for place in id.indices where id[place] == "." { known.insert(String(id[..<place])) }
    }
    return known
  }()
}
