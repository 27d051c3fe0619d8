import VirtioSpec
internal import Wire

/// Hints as JSON: `transport` is the only key that has to be there, numbers may be written as
/// `0x` strings, and a key that is not known is ignored.
///
/// Source: the device hint of the vtrace encapsulation. `version` (of the MMIO register) is an
/// addition for hints that a person gives, and so are `addInCard` and `translated`, which tell what no
/// access to a device can show, and `queues`.
extension DeviceHint {
  /// No hint is larger; a longer one in a recording is not read.
  static var sizeLimit: Int { 1 << 16 }

  /// The hint in an access of a recording.
  init(_ payload: RawSpan, access: Access) throws(JSONProblem) {
    let bytes = payload.data(of: access)
    guard bytes.byteCount <= Self.sizeLimit else {
      throw JSONProblem(at: 0, in: [], text: "a hint of \(bytes.byteCount) bytes is too long")
    }
    let text = bytes.array
    self = try HintReader(text).hint(try JSONReader.read(text))
    reference = RecordReference(access)
  }

  /// The hints of a file that a person wrote: one object, or an array of them.
  public static func parseFile(_ bytes: [UInt8]) throws(JSONProblem) -> [DeviceHint] {
    let reader = HintReader(bytes)
    let value = try JSONReader.read(bytes)
    guard case .array(let values) = value.content else { return [try reader.hint(value)] }
    var hints: [DeviceHint] = []
    for value in values { hints.append(try reader.hint(value)) }
    return hints
  }
}

/// Turns JSON values into a hint; keeps the text to say where it is wrong.
private struct HintReader {
  private let text: [UInt8]

  init(_ text: [UInt8]) { self.text = text }

  private func problem(_ value: JSONValue, _ message: String) -> JSONProblem {
    JSONProblem(at: value.offset, in: text, text: message)
  }

  func hint(_ value: JSONValue) throws(JSONProblem) -> DeviceHint {
    guard case .object = value.content else {
      throw problem(value, "expected an object, found \(value.kind)")
    }
    guard let transport = value.member("transport") else {
      throw problem(value, "the hint has no key 'transport'")
    }
    let name = try string(transport, "transport")
    guard let kind = TransportKind.allCases.first(where: { $0.name == name }) else {
      throw problem(transport, "expected the transport pci, mmio or ccw, found '\(name)'")
    }
    var hint = DeviceHint(transport: kind)
    if let id = value.member("id") { hint.id = try string(id, "id") }
    hint.deviceID = try number(value, "deviceID", UInt32.self)
    hint.base = try number(value, "base", UInt64.self)
    hint.size = try number(value, "size", UInt64.self)
    hint.subchannel = try number(value, "subchannel", UInt64.self)
    hint.devno = try number(value, "devno", UInt32.self)
    hint.version = try number(value, "version", UInt32.self)
    hint.isAddInCard = try flag(value, "addInCard")
    hint.isTranslated = try flag(value, "translated")
    for value in try array(value, "bars") { hint.bars.append(try bar(value)) }
    for value in try array(value, "capabilities") {
      hint.capabilities.append(try capability(value))
    }
    for value in try array(value, "queues").prefix(DeviceHint.queueLimit) {
      hint.queues.append(try queue(value))
    }
    // The name of an MMIO device is its address.
    if kind == .mmio, hint.base == nil, let id = hint.id { hint.base = Self.parse(id) }
    return hint
  }

  private func bar(_ value: JSONValue) throws(JSONProblem) -> DeviceHint.BAR {
    let isIO = try flag(value, "io") ?? false
    return DeviceHint.BAR(
      index: Int(try needed(value, "index", UInt8.self)),
      address: try needed(value, "address", UInt64.self),
      size: try number(value, "size", UInt64.self) ?? 0, isIO: isIO)
  }

  private func capability(_ value: JSONValue) throws(JSONProblem) -> DeviceHint.Capability {
    guard let type = value.member("type") else {
      throw problem(value, "the capability has no key 'type'")
    }
    return DeviceHint.Capability(
      type: try string(type, "type"), bar: Int(try needed(value, "bar", UInt8.self)),
      offset: try needed(value, "offset", UInt64.self),
      length: try number(value, "length", UInt64.self) ?? 0,
      multiplier: try number(value, "multiplier", UInt32.self))
  }

  private func queue(_ value: JSONValue) throws(JSONProblem) -> ToldQueue {
    var layout = QueueLayout(
      size: UInt32(try needed(value, "size", UInt16.self)),
      descriptors: try needed(value, "descriptors", UInt64.self),
      driverArea: try needed(value, "driver", UInt64.self),
      deviceArea: try needed(value, "device", UInt64.self))
    layout.isPacked = try flag(value, "packed") ?? false
    layout.hasEventIndex = try flag(value, "eventIndex") ?? false
    layout.isInOrder = try flag(value, "inOrder") ?? false
    layout.mayBeTranslated = try flag(value, "translated") ?? false
    layout.isBigEndian = try flag(value, "bigEndian") ?? false
    layout.allowsIndirect = try flag(value, "indirect") ?? true
    return ToldQueue(index: Int32(try needed(value, "index", UInt16.self)), layout: layout)
  }

  private func flag(_ value: JSONValue, _ key: String) throws(JSONProblem) -> Bool? {
    guard let member = value.member(key) else { return nil }
    guard case .bool(let flag) = member.content else {
      throw problem(member, "expected true or false for '\(key)', found \(member.kind)")
    }
    return flag
  }

  private func string(_ value: JSONValue, _ key: String) throws(JSONProblem) -> String {
    guard case .string(let text) = value.content else {
      throw problem(value, "expected a string for '\(key)', found \(value.kind)")
    }
    return text
  }

  private func array(_ value: JSONValue, _ key: String) throws(JSONProblem) -> [JSONValue] {
    guard let member = value.member(key) else { return [] }
    guard case .array(let values) = member.content else {
      throw problem(member, "expected an array for '\(key)', found \(member.kind)")
    }
    return values
  }

  private func needed<T: FixedWidthInteger>(
    _ value: JSONValue, _ key: String, _ type: T.Type
  ) throws(JSONProblem) -> T {
    guard let number = try number(value, key, type) else {
      throw problem(value, "expected an object with a key '\(key)'")
    }
    return number
  }

  private func number<T: FixedWidthInteger>(
    _ value: JSONValue, _ key: String, _ type: T.Type
  ) throws(JSONProblem) -> T? {
    guard let member = value.member(key) else { return nil }
    let written: String
    switch member.content {
    case .number(let text), .string(let text): written = text
    default: throw problem(member, "expected a number for '\(key)', found \(member.kind)")
    }
    guard let wide = Self.parse(written), let number = T(exactly: wide) else {
      throw problem(member, "'\(written)' is no number for '\(key)'")
    }
    return number
  }

  private static func parse(_ text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }
}
