import Model
import VirtioSpec

/// A rule about the byte order of a device configuration through the legacy interface.
///
/// Only a big-endian guest can tell the two orders apart, and only where the right value is known:
/// the specification fixes it, or the device gave it through the modern interface in the life
/// before.
protocol LegacyOrderRule: Rule {
  static var fields: [ConfigSpan] { get }
  /// The value that the specification fixes for a field that the driver has not written.
  static func fixed(_ field: ConfigSpan) -> UInt64?
  static var order: String { get }
  var readings: [FieldReading] { get set }
}

extension LegacyOrderRule {
  static var needsWholeLife: Bool { false }
  static func fixed(_ field: ConfigSpan) -> UInt64? { nil }
  static var order: String { "the guest's" }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.interface == .legacy else { return .silent }
    for (number, field) in Self.fields.enumerated() where field.overlaps(step) {
      while readings.count <= number { readings.append(FieldReading()) }
      guard let now = readings[number].take(step, field, session) else { continue }
      return Self.judge(now, field, session)
    }
    return .silent
  }

  private static func judge(
    _ value: FieldValue, _ field: ConfigSpan, _ session: Session
  ) -> Judgement {
    if session.profile.transport != .ccw {
      switch session.profile.guestIsBigEndian {
      case .unknown: return .undecidable(.byteOrderNotRecorded)
      case .no: return .silent
      case .yes: break
      }
    }
    guard case .certain(let number) = value, let right = right(field, session),
      right.swapped(bytes: field.byteCount) != right
    else { return .silent }
    if number == right { return .held }
    guard number == right.swapped(bytes: field.byteCount) else { return .silent }
    return .broken(
      "device gives \(field.name) \(number) through the legacy interface, "
        + "which is \(right) in the byte order that is not \(order)")
  }

  private static func right(_ field: ConfigSpan, _ session: Session) -> UInt64? {
    if let previous = session.previous, previous.interface == .modern,
      let value = Session.lastRead(field, in: previous.config)
    {
      return value
    }
    guard session.isWhole, !Session.hasSeen(field, in: session.config.filter(\.isWrite)) else {
      return nil
    }
    return fixed(field)
  }
}
