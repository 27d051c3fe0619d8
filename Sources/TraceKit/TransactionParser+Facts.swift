import Model

/// Reads what configuration space says (see `Transaction.factText`), and which of several structures a
/// driver uses.
extension TransactionParser {
  /// The fact that a line beginning with `head` tells, nil when it tells none.
  static func fact(
    _ head: String, _ words: [String], _ place: RecordReference
  ) throws(Failure) -> Transaction? {
    switch head {
    case "function": return try identity(words).step(at: place)
    case "bar": return try bar(words).step(at: place)
    case "capability": return try capability(words).step(at: place)
    case "msix": return try messages(words).step(at: place)
    case "capabilities":
      let fault = PCIListFault.allCases.first { "\($0)" == words.first } ?? .none
      return Transaction(.pciCapabilitiesEnd, at: place, index: UInt32(fault.rawValue))
    case "uses": return try use(words, place)
    default: return nil
    }
  }

  /// `uses common at=0xb0 first=0x40`
  private static func use(
    _ words: [String], _ place: RecordReference
  ) throws(Failure) -> Transaction {
    let found = try capability(words.filter { !$0.hasPrefix("first=") })
    guard let first = words.first(where: { $0.hasPrefix("first=") }) else {
      throw Failure(description: "expected 'first=' and where the first capability lies")
    }
    return Transaction(
      .structureUsed, at: place, value: try value(first), queue: Int32(found.position),
      index: UInt32(found.type))
  }

  private static func identity(_ words: [String]) throws(Failure) -> PCIIdentity {
    let ids = try pair(words.first)
    var identity = PCIIdentity(vendor: ids.0, device: ids.1)
    for word in words.dropFirst() {
      switch name(word) {
      case "revision": identity.revision = UInt8(truncatingIfNeeded: try value(word))
      case "subsystem":
        let ids = try pair(String(word.drop { $0 != "=" }.dropFirst()))
        identity.subsystemVendor = ids.0
        identity.subsystemDevice = ids.1
      case "fresh": identity.isFresh = true
      case "scanned": identity.isScanned = true
      default: throw Failure(description: "'\(word)' is no word of a function")
      }
    }
    return identity
  }

  private static func bar(_ words: [String]) throws(Failure) -> PCIBar {
    guard words.count >= 2, let index = parse(words[0]), index < 6,
      let kind = PCIBar.Kind.allCases.first(where: { "\($0)" == words[1] })
    else { throw Failure(description: "a bar is 'bar INDEX KIND size=BYTES'") }
    let size = words.count > 2 ? try value(words[2]) : nil
    return PCIBar(index: Int(index), kind: kind, size: kind == .none ? 0 : size)
  }

  private static func capability(_ words: [String]) throws(Failure) -> PCICapability {
    guard let first = words.first else { throw Failure(description: "a capability of no type") }
    let named = PCICapability.typeNames.first { $0.value == first }?.key
    guard let type = named.map(UInt64.init) ?? parse(first) else {
      throw Failure(description: "no capability is called '\(first)'")
    }
    var result = PCICapability(position: 0, type: UInt8(truncatingIfNeeded: type))
    for word in words.dropFirst() {
      let number = try value(word)
      let byte = UInt8(truncatingIfNeeded: number)
      switch name(word) {
      case "at": result.position = byte
      case "len": result.capLength = byte
      case "bar": result.bar = byte
      case "id": result.id = byte
      case "offset": result.offset = number
      case "length": result.length = number
      case "multiplier", "vendor": result.extra = UInt32(truncatingIfNeeded: number)
      default: throw Failure(description: "'\(word)' is no word of a capability")
      }
    }
    return result
  }

  private static func messages(_ words: [String]) throws(Failure) -> PCIMessages {
    var result = PCIMessages()
    for word in words {
      switch name(word) {
      case "vectors": result.vectors = UInt32(truncatingIfNeeded: try value(word))
      case "bar": result.bar = UInt8(truncatingIfNeeded: try value(word))
      case "offset": result.offset = UInt32(truncatingIfNeeded: try value(word))
      case "on": result.isEnabled = true
      case "off": result.isEnabled = false
      default: throw Failure(description: "'\(word)' is no word of msix")
      }
    }
    return result
  }

  private static func name(_ word: String) -> String { String(word.prefix { $0 != "=" }) }

  private static func value(_ word: String) throws(Failure) -> UInt64 {
    guard let number = parse(String(word.drop { $0 != "=" }.dropFirst())) else {
      throw Failure(description: "'\(word)' has no number")
    }
    return number
  }

  /// `1af4:1042`, hexadecimal.
  private static func pair(_ word: String?) throws(Failure) -> (UInt16, UInt16) {
    let parts = (word ?? "").split(separator: ":").map { UInt16($0, radix: 16) }
    guard parts.count == 2, let first = parts[0], let second = parts[1] else {
      throw Failure(description: "'\(word ?? "")' is no pair of ids")
    }
    return (first, second)
  }
}
