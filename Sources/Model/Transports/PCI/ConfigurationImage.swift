/// The first 256 bytes of a function's configuration space, as far as accesses showed them.
///
/// A recording shows a byte when somebody read it. Where a log does not print how wide a read was,
/// the bytes that its value needs are shown and those behind, up to the alignment, are likely 0.
struct ConfigurationImage: Sendable {
  private var bytes = [UInt8](repeating: 0, count: 256)
  private var knowledge = [Knowledge](repeating: .none, count: 256)
  /// The record that last showed anything new of each double word.
  private var shownAt = [RecordReference](repeating: .none, count: 64)

  private enum Knowledge: UInt8, Sendable {
    case none
    case likely
    case shown
  }

  /// Takes a read of `width` bytes, 0 where unknown; tells whether anything is new.
  mutating func take(
    register: Int, value: UInt64, width: Int, at reference: RecordReference
  ) -> Bool {
    guard register >= 0, register < 256 else { return false }
    let exact = width > 0 ? width : Self.leastWidth(value)
    let natural = register & 3 == 0 ? 4 : register & 1 == 0 ? 2 : 1
    let covered = width > 0 ? width : max(exact, natural)
    var isNew = false
    for place in 0..<min(covered, 8, 256 - register) {
      let byte = UInt8(truncatingIfNeeded: value >> UInt64(place * 8))
      if set(register + place, byte, isShown: place < exact) { isNew = true }
    }
    if isNew { shownAt[register / 4] = reference }
    return isNew
  }

  /// The record that last showed anything new of `count` bytes from `register` on.
  func reference(_ register: Int, _ count: Int) -> RecordReference {
    let first = max(0, register) / 4
    let last = min(255, register + max(count, 1) - 1) / 4
    guard first <= last else { return .none }
    return shownAt[first...last].max() ?? .none
  }

  private mutating func set(_ register: Int, _ byte: UInt8, isShown: Bool) -> Bool {
    let old = knowledge[register]
    if !isShown, old != .none { return false }
    let isNew = old != (isShown ? .shown : .likely) || bytes[register] != byte
    knowledge[register] = isShown ? .shown : .likely
    bytes[register] = byte
    return isNew
  }

  /// Bytes that `value` needs: 1, 2 or 4.
  static func leastWidth(_ value: UInt64) -> Int {
    value > 0xffff ? 4 : value > 0xff ? 2 : 1
  }

  /// The byte at `register` when a read showed it.
  func byte(_ register: Int) -> UInt8? {
    guard register >= 0, register < 256, knowledge[register] == .shown else { return nil }
    return bytes[register]
  }

  /// The little-endian number of two bytes that reads showed, or whose upper one is likely 0.
  func half(_ register: Int) -> UInt16? {
    guard let low = byte(register), let high = likelyByte(register + 1) else { return nil }
    return UInt16(low) | UInt16(high) << 8
  }

  /// The byte at `register`, shown or likely.
  func likelyByte(_ register: Int) -> UInt8? {
    guard register >= 0, register < 256, knowledge[register] != .none else { return nil }
    return bytes[register]
  }

  /// The little-endian number of `count` bytes; nil unless every byte is shown or likely.
  func number(_ register: Int, _ count: Int) -> UInt64? {
    var result: UInt64 = 0
    for place in 0..<count {
      guard let byte = likelyByte(register + place) else { return nil }
      result |= UInt64(byte) << UInt64(place * 8)
    }
    return result
  }
}
