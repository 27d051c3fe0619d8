/// A YAML value with the place where it stands. Scalars stay text: who reads them knows what they
/// have to be, so that `1.10` is no number and `no` no truth value.
public struct YAMLNode: Sendable {
  public var mark: YAMLMark
  public var content: Content
  /// This node and those inside it; what an alias repeats counts each time.
  var count: Int

  public indirect enum Content: Sendable {
    /// `isPlain` without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key with its value.
  public struct Entry: Sendable {
    public var key: String
    public var keyMark: YAMLMark
    public var value: YAMLNode
  }

  /// What kind of value it is, for messages.
  public var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a scalar.
  public var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// Nothing was written, or one of YAML's words for it.
  public var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return ["", "~", "null"].contains(text)
  }
}
