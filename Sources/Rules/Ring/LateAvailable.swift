import Model

/// Accusations that wait for the next look at what the driver made available: a recorder may note the
/// driver's writes later than the device acted on them.
struct LateAvailable: Sendable {
  private var waiting: [Int32: (value: UInt32, breach: Breach)] = [:]

  var isEmpty: Bool { waiting.isEmpty }

  /// Lets an accusation about `value` in `queue` wait; the first one of a queue stays.
  mutating func wait(_ value: UInt32, in queue: Int32, _ breach: Breach) {
    if waiting[queue] == nil, waiting.count < 1024 { waiting[queue] = (value, breach) }
  }

  /// Ends the wait for `queue`: the accusation, unless `explains` its value.
  mutating func settle(_ queue: Int32, explains: (UInt32) -> Bool) -> Breach? {
    guard let entry = waiting.removeValue(forKey: queue) else { return nil }
    return explains(entry.value) ? nil : entry.breach
  }

  /// What waits for `queue`.
  func value(_ queue: Int32) -> UInt32? { waiting[queue]?.value }
}
