import Model
import VirtioSpec

/// What a field of the device configuration reads as.
enum FieldValue: Sendable, Equatable {
  case certain(UInt64)
  /// The legacy interface, and nobody tells the guest's byte order: as a little-endian guest sees
  /// it, or a big-endian one.
  case either(little: UInt64, big: UInt64)
}

/// Joins the reads of one field: the halves of 64 bits, the bytes of a legacy driver.
///
/// Only reads that follow each other make a value. A byte that is read again begins anew, and so
/// does a change of the configuration generation.
struct FieldReading: Sendable {
  private var little: UInt64 = 0
  private var big: UInt64 = 0
  private var seen: UInt8 = 0
  private var generation: Int64 = -1
  /// The field as last read whole.
  private(set) var last: FieldValue?

  /// Forgets everything, as after something that may have exchanged the device.
  mutating func forget() { self = FieldReading() }

  /// Takes a read; returns the value where `step` completes it.
  mutating func take(
    _ step: Transaction, _ field: ConfigSpan, _ session: Session
  ) -> FieldValue? {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted, field.byteCount <= 8,
      field.isProper(step, in: session)
    else { return nil }
    if generation != session.configGeneration { seen = 0 }
    add(step, field)
    generation = session.configGeneration
    guard seen == UInt8(truncatingIfNeeded: (1 << field.byteCount) - 1) else { return nil }
    seen = 0
    last = value(session.configOrder(at: step), bytes: field.byteCount)
    return last
  }

  private mutating func add(_ step: Transaction, _ field: ConfigSpan) {
    var bits: UInt8 = 0
    for place in 0..<field.byteCount where field.byteInAccess(place, step) != nil {
      bits |= 1 << UInt8(place)
    }
    if seen & bits != 0 { seen = 0 }
    if seen == 0 {
      little = 0
      big = 0
    }
    for place in 0..<field.byteCount {
      guard let byte = field.byteInAccess(place, step) else { continue }
      let low = step.value >> UInt64(byte * 8) & 0xff
      let high = step.value >> UInt64((Int(step.width) - 1 - byte) * 8) & 0xff
      little |= low << UInt64(place * 8)
      big |= high << UInt64((field.byteCount - 1 - place) * 8)
    }
    seen |= bits
  }

  private func value(_ order: ConfigOrder, bytes: Int) -> FieldValue {
    switch order {
    case .little: return .certain(little)
    case .big: return .certain(big)
    case .unknown:
      // One access of the field's own width gives both the same number.
      let other = big == little ? little.swapped(bytes: bytes) : big
      return other == little ? .certain(little) : .either(little: little, big: other)
    }
  }
}

extension UInt64 {
  /// The lowest `bytes` bytes in reverse.
  func swapped(bytes: Int) -> UInt64 { byteSwapped >> UInt64((8 - bytes) * 8) }
}

/// The byte order of a device configuration.
enum ConfigOrder {
  case little
  case big
  case unknown
}

extension Session {
  /// The byte order in which `step` shows the device configuration.
  ///
  /// Spec: 2.5.3, Legacy Interface: Device Configuration Space; 5.5.4 for the balloon.
  func configOrder(at step: Transaction) -> ConfigOrder {
    guard step.interface == .legacy, !(profile.type?.legacyConfigIsLittleEndian ?? false) else {
      return .little
    }
    if profile.transport == .ccw { return .big }
    switch profile.guestIsBigEndian {
    case .yes: return .big
    case .no: return .little
    case .unknown: return .unknown
    }
  }
}
