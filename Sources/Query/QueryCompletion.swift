import VirtioSpec

/// What could be typed next in a filter.
public struct QueryCompletion: Sendable {
  /// How many characters at the end of the text a candidate takes the place of.
  public var replaced: Int
  /// In the order in which they should be shown.
  public var candidates: [Candidate]

  public struct Candidate: Sendable, Equatable {
    public var text: String
    /// What it means; may be empty.
    public var note: String
  }

  /// The text that a candidate makes of `text`.
  public func applied(_ candidate: Candidate, to text: String) -> String {
    String(text.dropLast(replaced)) + candidate.text
  }
}

extension Query {
  /// What could follow `prefix`; nothing where a mistake stands before its end.
  ///
  /// - Parameter devices: ids of the devices that there are.
  public static func complete(_ prefix: String, devices: [String] = []) -> QueryCompletion {
    var part = Part(tokens: [], text: "", length: 0)
    if let open = QueryLexer.openText(of: prefix) {
      part = Part(tokens: open.before, text: open.inside, length: open.inside.count + 1)
    } else if let tokens = try? QueryLexer.tokens(of: prefix) {
      part = Part(tokens, of: prefix)
    }
    guard !part.tokens.isEmpty, let expectation = QueryParser.expectation(at: part.tokens) else {
      return QueryCompletion(replaced: 0, candidates: [])
    }
    let wanted = part.text.lowercased()
    let candidates = QueryCompletion.candidates(expectation, devices: devices)
      .filter { $0.text.lowercased().hasPrefix(wanted) }
    return QueryCompletion(replaced: part.length, candidates: candidates)
  }

  /// The last word of a text that is being typed, and what stands before it.
  private struct Part {
    var tokens: [QueryToken]
    var text: String
    var length: Int

    init(tokens: [QueryToken], text: String, length: Int) {
      self.tokens = tokens
      self.text = text
      self.length = length
    }

    init(_ tokens: [QueryToken], of prefix: String) {
      self.init(tokens: tokens, text: "", length: 0)
      guard tokens.count > 1, case let last = tokens[tokens.count - 2], last.kind == .word,
        last.start + last.length == prefix.count
      else { return }
      text = last.text
      length = last.length
      self.tokens.remove(at: tokens.count - 2)
    }
  }
}

extension QueryParser {
  /// What could stand at the end of `tokens`; nil when they are wrong before it.
  static func expectation(at tokens: [QueryToken]) -> QueryExpectation? {
    var parser = QueryParser(tokens: tokens)
    do throws(QueryProblem) {
      _ = try parser.parse()
      return parser.expectation
    } catch {
      return error.isIncomplete ? parser.expectation : nil
    }
  }
}

extension QueryCompletion {
  static func candidates(_ expectation: QueryExpectation, devices: [String]) -> [Candidate] {
    switch expectation {
    case .start: fields + [Candidate(text: "!", note: "not"), Candidate(text: "(", note: "")]
    case .operator(let field):
      field.operators.map { Candidate(text: $0, note: "") } + connectives
    case .value(let field): values(of: field, devices: devices)
    case .set: [Candidate(text: "{", note: "a set of values")]
    case .setEnd: [Candidate(text: ",", note: ""), Candidate(text: "}", note: "")]
    case .connective: connectives
    }
  }

  private static let fields = QueryField.allCases.map {
    Candidate(text: $0.name, note: $0.summary)
  }

  private static let connectives = [
    Candidate(text: "&&", note: "and"), Candidate(text: "||", note: "or"),
  ]

  private static func values(of field: QueryField, devices: [String]) -> [Candidate] {
    switch field {
    case .type:
      return DeviceType.all.map { Candidate(text: $0.name, note: $0.title) }
    case .device: return devices.map { Candidate(text: $0, note: "") }
    case .config: return names(QueryParser.configNames.sorted())
    case .finding: return names(QueryParser.ruleNames)
    case .feature, .offered, .accepted: return names(QueryParser.featureNames)
    default: return names(QueryNames.of(field)?.names ?? [])
    }
  }

  private static func names(_ names: [String]) -> [Candidate] {
    names.map { Candidate(text: $0, note: "") }
  }
}
