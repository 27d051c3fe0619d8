/// A JSON value with the place where it stands.
public struct JSONValue: Sendable {
  /// Offset of its first byte in the text.
  public var offset: Int
  public var content: Content

  public indirect enum Content: Sendable {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
  }

  /// What kind of value it is, for messages.
  var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value of a key, nil where there is none or it is null; the last one counts.
  public func member(_ key: String) -> JSONValue? {
    guard case .object(let members) = content,
      let value = members.last(where: { $0.key == key })?.value
    else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// The text of a string.
  public var text: String? {
    guard case .string(let text) = content else { return nil }
    return text
  }

  /// A number that is whole and not negative.
  public var integer: UInt64? {
    guard case .number(let text) = content else { return nil }
    return UInt64(text)
  }

  public var truth: Bool? {
    guard case .bool(let value) = content else { return nil }
    return value
  }

  /// The values of an array; none of anything else.
  public var items: [JSONValue] {
    guard case .array(let values) = content else { return [] }
    return values
  }
}
