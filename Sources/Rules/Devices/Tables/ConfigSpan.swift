import Model
import VirtioSpec

/// A field of a device's configuration, as a rule points at it.
struct ConfigSpan: Sendable {
  var name: String
  /// Bytes from the start of the device configuration.
  var offset: Int
  /// Bytes of one element.
  var width: Int
  var byteCount: Int

  /// The field of that name; a name that the table does not have gives a span that no access
  /// touches.
  init(_ type: DeviceType, _ name: String) {
    let field = type.configField(named: name)
    self.name = name
    offset = field?.offset ?? 0
    width = field?.width ?? 0
    byteCount = field?.byteCount ?? 0
  }

  var end: Int { offset + byteCount }

  /// The access touches some byte of the field.
  func overlaps(_ step: Transaction) -> Bool {
    let first = Int(step.index)
    return first < end && first + Int(step.width) > offset
  }

  /// The access lies within the field.
  func encloses(_ step: Transaction) -> Bool {
    let first = Int(step.index)
    return step.width > 0 && first >= offset && first + Int(step.width) <= end
  }

  /// What the access shows of the field can be held against the device: it was made with the width
  /// that the field has, or in halves of 32 bits where that is 64.
  ///
  /// Channel I/O transfers everything from 0 on, and the legacy interface knows no rule.
  /// Spec: 4.1.3.1; 4.2.2.2; 4.3.2.5
  func isProper(_ step: Transaction, in session: Session) -> Bool {
    guard step.width > 0, step.width <= 8, overlaps(step) else { return false }
    if session.profile.transport == .ccw { return true }
    guard encloses(step) else { return false }
    if step.interface == .legacy { return Int(step.width) <= width }
    let place = Int(step.index) - offset
    return Int(step.width) == width && place % width == 0
      || width == 8 && step.width == 4 && place % 4 == 0
  }

  /// The byte of an access that lies `place` bytes into the field; nil where it does not cover it.
  func byteInAccess(_ place: Int, _ step: Transaction) -> Int? {
    let byte = offset + place - Int(step.index)
    return byte >= 0 && byte < Int(step.width) ? byte : nil
  }
}

extension Session {
  /// What the session last showed of a field that was read with its own width, or 64 bits in
  /// halves; nil where it was not, or where the driver wrote it since.
  func lastRead(_ field: ConfigSpan) -> UInt64? { Self.lastRead(field, in: config) }

  /// The same with `step` in it.
  func lastRead(_ field: ConfigSpan, with step: Transaction) -> UInt64? {
    guard step.kind == .readConfig, step.hasValue, field.overlaps(step) else {
      return lastRead(field)
    }
    if field.encloses(step), Int(step.width) == field.byteCount { return step.value }
    guard field.byteCount == 8, step.width == 4 else { return nil }
    let isLow = Int(step.index) == field.offset
    let other = Self.read(field.offset + (isLow ? 4 : 0), 4, in: config)
    return other.map { isLow ? $0 << 32 | step.value : step.value << 32 | $0 }
  }

  /// The same, of an earlier life.
  static func lastRead(_ field: ConfigSpan, in config: [ConfigValue]) -> UInt64? {
    if let value = read(field.offset, field.byteCount, in: config) { return value }
    guard field.byteCount == 8, let low = read(field.offset, 4, in: config),
      let high = read(field.offset + 4, 4, in: config)
    else { return nil }
    return high << 32 | low
  }

  private static func read(_ offset: Int, _ width: Int, in config: [ConfigValue]) -> UInt64? {
    for value in config where Int(value.offset) == offset && Int(value.width) == width {
      return value.isWrite ? nil : value.value
    }
    return nil
  }

  /// Some byte of the field stands in `config`: it was read or written.
  static func hasSeen(_ field: ConfigSpan, in config: [ConfigValue]) -> Bool {
    config.contains {
      Int($0.offset) < field.end && Int($0.offset) + Int($0.width) > field.offset
    }
  }
}
