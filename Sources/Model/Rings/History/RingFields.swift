/// Fields of a queue's rings, as a set: those that the memory records of one look touched.
struct RingFields: OptionSet, Sendable {
  var rawValue: UInt16
  static var availableIndex: RingFields { RingFields(rawValue: 1 << 0) }
  static var availableFlags: RingFields { RingFields(rawValue: 1 << 1) }
  static var usedEvent: RingFields { RingFields(rawValue: 1 << 2) }
  static var usedIndex: RingFields { RingFields(rawValue: 1 << 3) }
  static var usedFlags: RingFields { RingFields(rawValue: 1 << 4) }
  static var availableEvent: RingFields { RingFields(rawValue: 1 << 5) }
  /// Any entry of the used ring.
  static var usedEntries: RingFields { RingFields(rawValue: 1 << 9) }
  /// The packed descriptor ring.
  static var packedRing: RingFields { RingFields(rawValue: 1 << 6) }
  static var driverEvent: RingFields { RingFields(rawValue: 1 << 7) }
  static var deviceEvent: RingFields { RingFields(rawValue: 1 << 8) }
}
