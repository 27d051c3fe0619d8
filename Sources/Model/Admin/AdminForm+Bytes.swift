internal import Wire

/// Both directions between the bytes of an administration command and its words.
extension AdminForm {
  /// The words that say what `bytes` hold, as far as the form has words for it.
  func words(of bytes: [UInt8]) -> AdminWords {
    var words = AdminWords()
    let view = AdminBytes(bytes.rawBytes)
    switch self {
    case .list(let name): words.add(name, AdminBitmap(view).text)
    case .legacy:
      words.add("offset", "\(view.byte(at: 0))")
      words.add("data", bytes: bytes.dropFirst(8))
    case .capability:
      words.add("cap", "\(view.half(at: 0))")
      words.add("data", bytes: bytes.dropFirst(8))
    case .object(let hasFlags, _):
      Self.name(view, &words)
      let flags = AdminObjectHeader(view).flags
      if hasFlags, flags != 0 { words.add("flags", hex: flags) }
      words.add("data", bytes: bytes.dropFirst(16))
    case .partsKind:
      Self.name(view, &words)
      words.add("kind", "\(view.byte(at: 8))")
      Self.parts(view.part(from: 16), withValues: false, &words)
    case .partsOfObject:
      Self.name(view, &words)
      Self.parts(view.part(from: 8), withValues: true, &words)
    case .mode: words.add("mode", "\(view.byte(at: 0))")
    case .entries:
      for place in 0..<AdminNotifyEntry.count {
        let entry = AdminNotifyHeader(view.part(from: place &* 16))
        words.add(
          "entry", "\(entry.flags):\(entry.bar):\(Transaction.hexText(entry.offset, 1))")
      }
    case .number(let name): words.add(name, "\(view.word(at: 0))")
    case .headers:
      words.add("count", "\(view.word(at: 0))")
      Self.parts(view.part(from: 8), withValues: false, &words)
    case .parts: Self.parts(view, withValues: true, &words)
    case .plain: words.add("data", bytes: bytes[...])
    case .none: break
    }
    return words
  }

  private static func name(_ view: AdminBytes, _ words: inout AdminWords) {
    let header = AdminObjectHeader(view)
    words.add("type", "\(header.type)")
    words.add("object", "\(header.id)")
  }

  private static func parts(_ view: AdminBytes, withValues: Bool, _ words: inout AdminWords) {
    for part in AdminParts(view, withValues: withValues).all {
      var text = Transaction.hexText(UInt64(part.type), 3) + ":\(part.flags)"
      text += ":\(Transaction.hexText(part.selector, 1)):\(part.length)"
      if withValues { text += ":" + AdminWords.hexText(part.value[...]) }
      words.add("part", text)
    }
  }

  /// The bytes that `words` tell; nil where one of them is wrong.
  public func bytes(of words: AdminWords) -> [UInt8]? {
    if !words.values("bytes").isEmpty { return words.bytes("bytes") }
    guard var bytes = formed(words) else { return nil }
    guard let size = words.number("size") else { return nil }
    if !words.values("size").isEmpty {
      let wanted = Int(min(size, UInt64(AdminCommand.limit)))
      bytes = Array(bytes.prefix(wanted))
      bytes += [UInt8](repeating: 0, count: wanted - bytes.count)
    }
    return bytes
  }

  private func formed(_ words: AdminWords) -> [UInt8]? {
    guard let data = words.bytes("data") else { return nil }
    switch self {
    case .list(let name): return Self.list(words.values(name).first ?? "")
    case .legacy: return Self.numbers(words, [("offset", 1), ("", 7)]).map { $0 + data }
    case .capability: return Self.numbers(words, [("cap", 2), ("", 6)]).map { $0 + data }
    case .object(let hasFlags, _):
      let flags = hasFlags ? [("flags", 8)] : []
      return Self.numbers(words, Self.objectFields + flags).map { $0 + data }
    case .partsKind:
      let head = Self.numbers(words, Self.objectFields + [("kind", 1), ("", 7)])
      return Self.parts(words, behind: head)
    case .partsOfObject: return Self.parts(words, behind: Self.numbers(words, Self.objectFields))
    case .mode: return Self.numbers(words, [("mode", 1), ("", 7)])
    case .entries: return Self.entries(words)
    case .number(let name): return Self.numbers(words, [(name, 4), ("", 4)])
    case .headers: return Self.parts(words, behind: Self.numbers(words, [("count", 4), ("", 4)]))
    case .parts: return Self.parts(words, behind: [])
    case .plain, .none: return data
    }
  }

  private static var objectFields: [(String, Int)] { [("type", 2), ("", 2), ("object", 4)] }

  private static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value &>> UInt64(8 &* $0)) }
  }

  /// The numbers of words as fields of so many bytes; a field without a name is zero.
  private static func numbers(_ words: AdminWords, _ fields: [(String, Int)]) -> [UInt8]? {
    var result: [UInt8] = []
    for (name, width) in fields {
      guard let value = name.isEmpty ? 0 : words.number(name) else { return nil }
      result += little(value, width)
    }
    return result
  }

  private static func list(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    for word in text.split(separator: ",") {
      guard let value = AdminWords.number(word) else { return nil }
      result += little(value, 8)
    }
    return result
  }

  private static func entries(_ words: AdminWords) -> [UInt8]? {
    var result: [UInt8] = []
    for text in words.values("entry") {
      let fields = text.split(separator: ":").map { AdminWords.number($0) }
      guard fields.count == 3, let flags = fields[0], let bar = fields[1], let offset = fields[2]
      else { return nil }
      result += little(flags, 1) + little(bar, 1) + little(0, 6) + little(offset, 8)
    }
    return result
  }

  private static func parts(_ words: AdminWords, behind head: [UInt8]?) -> [UInt8]? {
    guard var result = head else { return nil }
    for text in words.values("part") {
      let fields = text.split(separator: ":", omittingEmptySubsequences: false)
      let numbers = fields.prefix(4).map { AdminWords.number($0) }
      guard fields.count >= 4, let type = numbers[0], let flags = numbers[1],
        let selector = numbers[2], let length = numbers[3],
        let value = AdminWords.bytes(fields.count > 4 ? fields[4] : "")
      else { return nil }
      result += little(type, 2) + little(flags, 1) + [0] + little(selector, 8)
      result += little(length, 4) + value
    }
    return result
  }
}
