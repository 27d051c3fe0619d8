/// The fields that a request or an answer begins with, for its text.
struct PayloadForm {
  struct Field {
    var name: String
    var width: Int
    /// Left out where it is 0.
    var isOptional = false
  }

  var fields: [Field]

  /// What the part for the device to read holds.
  ///
  /// - Parameter netHeader: bytes of the header of a network device's packets.
  init(requestOf content: RequestContent, netHeader: Int) {
    fields =
      switch content {
      case .block:
        [
          Field(name: "type", width: 4), Field(name: "ioprio", width: 4, isOptional: true),
          Field(name: "sector", width: 8),
        ]
      case .netControl: [Field(name: "class", width: 1), Field(name: "command", width: 1)]
      case .netTransmit: Self.netHeader(netHeader)
      case .socketTransmit: Self.socketHeader
      case .netReceive, .socketReceive: []
      }
  }

  /// What the part for the device to write holds.
  ///
  /// - Parameter isPart: no header begins here.
  init(answerOf content: RequestContent, netHeader: Int, isPart: Bool = false) {
    fields =
      switch content {
      case .netReceive: isPart ? [] : Self.netHeader(netHeader)
      case .socketReceive: Self.socketHeader
      // Its last byte says how it went.
      case .block, .netControl, .netTransmit, .socketTransmit: []
      }
  }

  private static func netHeader(_ count: Int) -> [Field] {
    var fields = [Field(name: "flags", width: 1)]
    fields += [
      ("gso_type", 1), ("hdr_len", 2), ("gso_size", 2), ("csum_start", 2), ("csum_offset", 2),
    ].map { Field(name: $0.0, width: $0.1, isOptional: true) }
    if count >= 12 { fields.append(Field(name: "num_buffers", width: 2)) }
    return fields
  }

  private static var socketHeader: [Field] {
    [
      ("src_cid", 8), ("dst_cid", 8), ("src_port", 4), ("dst_port", 4), ("len", 4), ("type", 2),
      ("op", 2), ("flags", 4), ("buf_alloc", 4), ("fwd_cnt", 4),
    ].map { Field(name: $0.0, width: $0.1, isOptional: $0.0 == "flags") }
  }

  private var width: Int { fields.reduce(0) { $0 + $1.width } }

  /// The words for what is known.
  func words(of head: PayloadHead) -> AdminWords {
    var words = AdminWords()
    guard head.count > 0 else { return words }
    guard head.count >= width else {
      words.add("bytes", bytes: head.known()[...])
      return words
    }
    var offset = 0
    for field in fields {
      let value = head.number(at: offset, width: field.width) ?? 0
      if !field.isOptional || value != 0 { words.add(field.name, "\(value)") }
      offset += field.width
    }
    words.add("data", bytes: head.known(from: offset)[...])
    return words
  }

  /// What the words tell; nil where one of them is wrong, none where there are none.
  func head(of words: AdminWords, isBigEndian: Bool) -> PayloadHead? {
    var head = PayloadHead(isBigEndian: isBigEndian)
    guard let all = words.bytes("bytes"), let data = words.bytes("data") else { return nil }
    if !all.isEmpty {
      for byte in all { head.append(byte) }
    } else if !fields.isEmpty || !data.isEmpty {
      for field in fields {
        guard let value = words.number(field.name) else { return nil }
        for place in 0..<field.width {
          let byte = isBigEndian ? field.width - 1 - place : place
          head.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)))
        }
      }
      for byte in data { head.append(byte) }
    }
    head.length = UInt64(head.count)
    return head
  }
}
