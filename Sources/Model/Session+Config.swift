import VirtioSpec

/// One field of the device configuration as it was seen.
public struct ConfigEntry: Sendable {
  /// The field's name in its structure, or where the bytes lie.
  public var name: String
  /// A number in decimal, a list of them, a MAC address, a text in quotes, or bytes.
  public var text: String
  /// The first record that showed any of it.
  public var first: RecordReference
}

extension Session {
  /// The device configuration that was seen, by field, in the order of the structure.
  ///
  /// Joins what was read in parts: the bytes of a MAC address, the halves of a 64-bit field.
  /// Spec: 2.5, Device Configuration Space; 2.5.3, Legacy Interface, for the byte order.
  public func configFields() -> [ConfigEntry] {
    var image = ConfigImage(self)
    var entries: [ConfigEntry] = []
    for field in profile.type?.configFields ?? [] {
      if let entry = image.take(field) { entries.append(entry) }
    }
    return entries + image.rest()
  }

  /// Whether the device configuration is big-endian.
  public var configIsBigEndian: Bool {
    interface == .legacy && profile.guestIsBigEndian == .yes
      && !(profile.type?.legacyConfigIsLittleEndian ?? false)
  }
}

/// The bytes of a device configuration, as far as they were seen.
private struct ConfigImage {
  private var bytes: [Int: (value: UInt8, first: RecordReference)] = [:]
  private let isBigEndian: Bool

  init(_ session: Session) {
    isBigEndian = session.configIsBigEndian
    for value in session.config {
      let width = min(Int(value.width), 8)
      for place in 0..<width {
        let shift = UInt64((isBigEndian ? width - 1 - place : place) * 8)
        let offset = Int(value.offset) + place
        let first = min(bytes[offset]?.first ?? value.first, value.first)
        bytes[offset] = (UInt8(truncatingIfNeeded: value.value >> shift), first)
      }
    }
  }

  /// What was seen of a field; its bytes are gone then.
  mutating func take(_ field: ConfigField) -> ConfigEntry? {
    let range = field.offset..<field.offset + field.byteCount
    let seen = range.filter { bytes[$0] != nil }
    guard let first = seen.compactMap({ bytes[$0]?.first }).min() else { return nil }
    let text: String
    if field.width == 1, field.count > 1 {
      text = Self.text(
        field, seen.compactMap { bytes[$0]?.value }, isWhole: seen.count == range.count)
    } else {
      let elements = (0..<field.count).compactMap { number(field, $0) }
      guard !elements.isEmpty else { return nil }
      text = elements.map { String($0) }.joined(separator: ", ")
    }
    for offset in seen { bytes[offset] = nil }
    return ConfigEntry(name: field.name, text: text, first: first)
  }

  /// One element of a field, nil unless all its bytes were seen.
  private func number(_ field: ConfigField, _ element: Int) -> UInt64? {
    var value: UInt64 = 0
    for place in 0..<min(field.width, 8) {
      let byte = isBigEndian ? place : field.width - 1 - place
      guard let seen = bytes[field.offset + element * field.width + byte] else { return nil }
      value = value << 8 | UInt64(seen.value)
    }
    return value
  }

  private static func text(_ field: ConfigField, _ bytes: [UInt8], isWhole: Bool) -> String {
    let text = bytes.prefix { $0 != 0 }
    let isText =
      text.allSatisfy { 0x20..<0x7f ~= $0 } && bytes.dropFirst(text.count).allSatisfy { $0 == 0 }
    if isWhole, field.name != "mac", isText, !text.isEmpty {
      return "\"" + String(decoding: text, as: UTF8.self) + "\""
    }
    return bytes.map { String(Transaction.hexText(UInt64($0), 2).dropFirst(2)) }
      .joined(separator: ":")
  }

  /// What belongs to no field, or is not enough for one: runs of bytes.
  func rest() -> [ConfigEntry] {
    var entries: [ConfigEntry] = []
    var run: [Int] = []
    for offset in bytes.keys.sorted() {
      if let last = run.last, offset != last + 1 || run.count == 8 {
        entries.append(entry(run))
        run = []
      }
      run.append(offset)
    }
    return run.isEmpty ? entries : entries + [entry(run)]
  }

  private func entry(_ run: [Int]) -> ConfigEntry {
    let seen = run.compactMap { bytes[$0] }
    let count = run.count == 1 ? "1 byte" : "\(run.count) bytes"
    return ConfigEntry(
      name: "offset \(Transaction.hexText(UInt64(run.first ?? 0), 2)), \(count)",
      text: seen.map { String(Transaction.hexText(UInt64($0.value), 2).dropFirst(2)) }
        .joined(separator: ":"),
      first: seen.map(\.first).min() ?? .none)
  }
}
