/// One step of a YAML text, as libyaml tells it.
struct YAMLEvent {
  var kind: Kind
  var mark: YAMLMark
  /// The name after `&`.
  var anchor: String?
  /// Whether a tag (`!name`) stands before it.
  var hasTag = false

  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case scalar(String, isPlain: Bool)
    /// The name after `*`.
    case alias(String)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }
}
