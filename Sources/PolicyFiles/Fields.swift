import Policies
import YAML

/// The entries of a mapping, of which each key has to be known; collects mistakes instead of ending
/// at the first.
struct Fields {
  let mark: YAMLMark
  private var values: [String: YAMLNode] = [:]

  /// The entries of `node` whose keys are among `keys`.
  ///
  /// - Parameter what: what the mapping is, for messages: `a suppression`.
  init(_ node: YAMLNode, of what: String, keys: [String], _ mistakes: inout Mistakes) {
    mark = node.mark
    guard case .mapping(let entries) = node.content else {
      mistakes.add("\(what) is a mapping of keys to values, not \(node.kind)", at: node.mark)
      return
    }
    for entry in entries {
      guard keys.contains(entry.key) else {
        guard !mistakes.isFull else { return }
        let hint = NearestName.hint(entry.key, among: keys)
        let list = hint.isEmpty ? "; there are \(keys.joined(separator: ", "))" : hint
        mistakes.add("unknown key \(quoted(entry.key)) in \(what)\(list)", at: entry.keyMark)
        continue
      }
      values[entry.key] = entry.value
    }
  }

  /// The value of a key; nil where there is none.
  subscript(key: String) -> YAMLNode? { values[key] }

  /// The text of a key; nil where there is none or it is no text.
  func text(_ key: String, _ mistakes: inout Mistakes) -> (text: String, mark: YAMLMark)? {
    guard let node = values[key] else { return nil }
    guard let text = node.text, !node.isNull else {
      mistakes.add("'\(key)' needs a text, not \(node.kind)", at: node.mark)
      return nil
    }
    return (text, node.mark)
  }

  /// The texts of a key: a list, or one alone.
  func texts(_ key: String, _ mistakes: inout Mistakes) -> [(text: String, mark: YAMLMark)] {
    guard let node = values[key] else { return [] }
    var items = [node]
    if case .sequence(let list) = node.content { items = list }
    return items.compactMap { item in
      guard let text = item.text, !item.isNull else {
        mistakes.add("'\(key)' needs texts, not \(item.kind)", at: item.mark)
        return nil
      }
      return (text, item.mark)
    }
  }

  /// The entries of a key that holds a mapping of any names.
  func entries(_ key: String, _ mistakes: inout Mistakes) -> [YAMLNode.Entry] {
    guard let node = values[key] else { return [] }
    guard case .mapping(let entries) = node.content else {
      mistakes.add("'\(key)' needs a mapping of names to values, not \(node.kind)", at: node.mark)
      return []
    }
    return entries
  }
}

/// The mistakes of a file, in the order in which they were met.
struct Mistakes {
  private(set) var all: [YAMLProblem] = []

  /// More are not told: a file of the wrong kind has thousands.
  static var limit: Int { 20 }

  /// Whether no more are told; then no near name has to be looked for, either.
  var isFull: Bool { all.count >= Self.limit }

  mutating func add(_ text: String, at mark: YAMLMark) {
    if all.count < Self.limit { all.append(YAMLProblem(text, at: mark)) }
  }

  /// The one of `names` that `text` is.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, at mark: YAMLMark, _ what: String
  ) -> Word? where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    unknown(text, at: mark, what, among: Word.allCases.map(\.rawValue))
    return nil
  }

  /// Says that `text` is none of `names`.
  mutating func unknown(_ text: String, at mark: YAMLMark, _ what: String, among names: [String]) {
    guard !isFull else { return }
    let hint = NearestName.hint(text, among: names)
    let list = hint.isEmpty ? "; there are \(names.joined(separator: ", "))" : hint
    add("unknown \(what) \(quoted(text))\(list)", at: mark)
  }
}

/// A text of the file in quotes, on one line and not too long.
func quoted(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(60) {
    shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
  }
  return "'\(shown)\(text.unicodeScalars.count > 60 ? "…" : "")'"
}
