/// Reads the one document of a YAML text.
///
/// Bounded, whatever the text: an alias shares what it repeats, and what aliases would unfold to is
/// counted before anybody walks it.
public struct YAMLReader {
  private let events: YAMLEvents
  private let nodeLimit: Int
  private var anchors: [String: YAMLNode] = [:]
  private var count = 0

  /// Values inside values.
  public static var depthLimit: Int { 16 }

  private init(_ events: YAMLEvents, nodeLimit: Int) {
    self.events = events
    self.nodeLimit = nodeLimit
  }

  /// The value of the document in `bytes`; nil when it is empty.
  ///
  /// - Parameter nodeLimit: the most values that are taken, with those that aliases repeat.
  public static func read(
    _ bytes: [UInt8], nodeLimit: Int = 10_000
  ) throws(YAMLProblem) -> YAMLNode? {
    guard let events = YAMLEvents(bytes) else {
      throw YAMLProblem("no memory to read it", at: YAMLMark(line: 1, column: 1))
    }
    var reader = YAMLReader(events, nodeLimit: nodeLimit)
    return try reader.document()
  }

  private mutating func document() throws(YAMLProblem) -> YAMLNode? {
    var root: YAMLNode?
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd: return root
      case .documentStart where root != nil:
        throw YAMLProblem("a second document begins here; only one is read", at: event.mark)
      case .streamStart, .documentStart, .documentEnd: break
      default: root = try node(event, depth: 0)
      }
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLProblem) -> YAMLNode {
    guard depth < Self.depthLimit else {
      throw YAMLProblem("values lie too deep inside each other", at: event.mark)
    }
    guard !event.hasTag else {
      throw YAMLProblem("a tag (!) has no meaning here", at: event.mark)
    }
    var node: YAMLNode
    switch event.kind {
    case .scalar(let text, let isPlain):
      node = YAMLNode(mark: event.mark, content: .scalar(text, isPlain: isPlain), count: 1)
      try take(1, at: event.mark)
    case .sequenceStart: node = try sequence(event.mark, depth: depth)
    case .mappingStart: node = try mapping(event.mark, depth: depth)
    case .alias(let name):
      guard let known = anchors[name] else {
        throw YAMLProblem("nothing before this is named '&\(name)'", at: event.mark)
      }
      try take(known.count, at: event.mark)
      node = known
    default: throw YAMLProblem("expected a value", at: event.mark)
    }
    if let anchor = event.anchor { anchors[anchor] = node }
    return node
  }

  private mutating func take(_ more: Int, at mark: YAMLMark) throws(YAMLProblem) {
    count += more
    guard count <= nodeLimit else {
      throw YAMLProblem("more than \(nodeLimit) values, with those that aliases repeat", at: mark)
    }
  }

  private mutating func sequence(_ mark: YAMLMark, depth: Int) throws(YAMLProblem) -> YAMLNode {
    var values: [YAMLNode] = []
    var total = 1
    try take(1, at: mark)
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { break }
      values.append(try node(event, depth: depth + 1))
      total += values[values.count - 1].count
    }
    return YAMLNode(mark: mark, content: .sequence(values), count: total)
  }

  private mutating func mapping(_ mark: YAMLMark, depth: Int) throws(YAMLProblem) -> YAMLNode {
    var entries: [YAMLNode.Entry] = []
    var known: [String: YAMLMark] = [:]
    var total = 1
    try take(1, at: mark)
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { break }
      let key = try node(event, depth: depth + 1)
      guard let name = key.text else {
        throw YAMLProblem("a key is a word, not \(key.kind)", at: event.mark)
      }
      if let first = known[name] {
        throw YAMLProblem("'\(name)' stands in line \(first.line) already", at: event.mark)
      }
      known[name] = event.mark
      let value = try node(try events.next(), depth: depth + 1)
      total += key.count + value.count
      entries.append(YAMLNode.Entry(key: name, keyMark: event.mark, value: value))
    }
    return YAMLNode(mark: mark, content: .mapping(entries), count: total)
  }
}
