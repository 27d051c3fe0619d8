internal import CYaml

/// The events of a YAML text, one after the other: libyaml's parser.
///
/// Vouched for as `@safe`: the parser and its copy of the text live as long as this object does,
/// and nothing of them leaves it.
@safe final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Nil when there is no memory for the parser.
  init?(_ text: [UInt8]) {
    unsafe bytes = .allocate(capacity: text.count)
    _ = unsafe bytes.initialize(from: text)
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    guard unsafe yaml_parser_initialize(parser) != 0 else { return nil }
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    // One that was not initialized holds only zeros, which delete to nothing.
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe bytes.deallocate()
  }

  /// The next event.
  func next() throws(YAMLProblem) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    // The event is filled by the call and taken apart before it is deleted.
    guard unsafe yaml_parser_parse(parser, &event) != 0 else { throw problem }
    defer { unsafe yaml_event_delete(&event) }
    return try unsafe taken(event)
  }

  private func taken(_ event: yaml_event_t) throws(YAMLProblem) -> YAMLEvent {
    let mark = unsafe Self.mark(event.start_mark)
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, mark: mark)
    case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, mark: mark)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, mark: mark)
    case YAML_ALIAS_EVENT:
      return YAMLEvent(
        kind: .alias(unsafe Self.string(event.data.alias.anchor) ?? ""), mark: mark)
    case YAML_SCALAR_EVENT: return unsafe scalar(event, mark)
    case YAML_SEQUENCE_START_EVENT:
      return YAMLEvent(
        kind: .sequenceStart, mark: mark,
        anchor: unsafe Self.string(event.data.sequence_start.anchor),
        hasTag: unsafe event.data.sequence_start.tag != nil)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, mark: mark)
    case YAML_MAPPING_START_EVENT:
      return YAMLEvent(
        kind: .mappingStart, mark: mark,
        anchor: unsafe Self.string(event.data.mapping_start.anchor),
        hasTag: unsafe event.data.mapping_start.tag != nil)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, mark: mark)
    default: throw YAMLProblem("expected a value", at: mark)
    }
  }

  private func scalar(_ event: yaml_event_t, _ mark: YAMLMark) -> YAMLEvent {
    let scalar = unsafe event.data.scalar
    let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return YAMLEvent(
      kind: .scalar(
        unsafe String(decoding: text, as: UTF8.self),
        isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE),
      mark: mark, anchor: unsafe Self.string(scalar.anchor), hasTag: unsafe scalar.tag != nil)
  }

  /// What the parser says of its failure.
  private var problem: YAMLProblem {
    let said = unsafe parser.pointee.problem
    let text = unsafe said.map { unsafe String(cString: $0) } ?? "this is not YAML"
    // What is no text at all has a byte offset and no mark.
    if unsafe parser.pointee.error == YAML_READER_ERROR {
      let offset = unsafe min(parser.pointee.problem_offset, bytes.count)
      return YAMLProblem("not YAML: \(text.lowercased())", at: mark(ofByte: offset))
    }
    return YAMLProblem("not YAML: \(text)", at: unsafe Self.mark(parser.pointee.problem_mark))
  }

  private func mark(ofByte offset: Int) -> YAMLMark {
    var mark = YAMLMark(line: 1, column: 1)
    for place in 0..<offset {
      if unsafe bytes[place] == 0x0a {
        mark = YAMLMark(line: mark.line + 1, column: 1)
      } else {
        mark.column += 1
      }
    }
    return mark
  }

  private static func mark(_ mark: yaml_mark_t) -> YAMLMark {
    YAMLMark(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }
}
