/// What a driver last wrote to the selecting registers of a function, -1 where not known.
struct PCIRegisters: Sendable {
  var deviceFeatureSelect: Int64 = -1
  var driverFeatureSelect: Int64 = -1
  var queueSelect: Int64 = -1
  /// MSI-X vector for configuration changes; 0xffff none.
  private(set) var configVector: Int32 = -1
  /// Queues by notification offset: -1 none, -2 several.
  private var queuesByOffset: [Int32] = []

  /// Offsets beyond this many are not remembered: the data of a notification tells its queue.
  private static var offsetLimit: Int { 2048 }

  /// What a reset leaves: every device at hand selects 0 and maps no vector.
  mutating func reset() {
    deviceFeatureSelect = 0
    driverFeatureSelect = 0
    queueSelect = 0
    configVector = 0xffff
  }

  /// What was selected is not known any more.
  mutating func forgetSelections() {
    deviceFeatureSelect = -1
    driverFeatureSelect = -1
    queueSelect = -1
  }

  mutating func setConfigVector(_ value: UInt64) { configVector = Int32(value & 0xffff) }

  /// The queue selected, -1 unknown.
  var queue: Int32 { Int32(truncatingIfNeeded: queueSelect) }

  /// Writes part of a register that selects.
  static func update(_ register: inout Int64, value: UInt64, mask: UInt64, isKnown: Bool) {
    guard isKnown else {
      register = -1
      return
    }
    let old = register < 0 ? 0 : UInt64(register)
    register = Int64(old & ~mask & 0xffff_ffff | value & mask & 0xffff_ffff)
  }

  /// Takes the notification offset of a queue.
  mutating func setNotifyOffset(_ offset: UInt64, of queue: Int32) {
    guard queue >= 0, let place = Int(exactly: offset), place < Self.offsetLimit else { return }
    while queuesByOffset.count <= place { queuesByOffset.append(-1) }
    let old = queuesByOffset[place]
    queuesByOffset[place] = old == -1 || old == queue ? queue : -2
  }

  /// The one queue with this notification offset.
  func queue(withOffset offset: UInt64) -> Int32? {
    guard let place = Int(exactly: offset), place < queuesByOffset.count,
      queuesByOffset[place] >= 0
    else { return nil }
    return queuesByOffset[place]
  }
}
