/// A JSON value with the place where it stands.
struct JSONValue: Sendable {
  /// Offset of its first byte in the text.
  var offset: Int
  var content: Content

  indirect enum Content: Sendable {
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
  func member(_ key: String) -> JSONValue? {
    guard case .object(let members) = content,
      let value = members.last(where: { $0.key == key })?.value
    else { return nil }
    if case .null = value.content { return nil }
    return value
  }
}
