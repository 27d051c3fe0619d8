import Model

/// A driver that sends channel commands, one at a time.
struct CCWConversation {
  var collector = TransactionCollector()
  var address: UInt64 = 0xfe00_0001
  private var record: UInt64 = 0

  /// Sends one command; `flags` are those of the CCW.
  mutating func command(
    _ code: UInt32, _ data: [UInt8], flags: UInt32 = 0, rejected: Bool = false,
    access: Access.Flags = []
  ) {
    var all: Access.Flags = [.bigEndianGuest]
    all.formUnion(access)
    if rejected { all.insert(.commandReject) }
    send(
      .channelCommand, address, code: code | flags << 8 | (rejected ? 0x02 : 0x0c) << 16, data,
      all)
  }

  mutating func event(_ code: UInt32, _ data: [UInt8] = []) {
    send(.subchannelEvent, address, code: code, data, [])
  }

  mutating func kick(_ code: UInt32, answer: UInt8 = 0) {
    let cookie = [UInt8](repeating: 0, count: 8)
    send(
      .notifyHypercall, address, code: code,
      cookie + [UInt8](repeating: answer, count: 8), .toDevice)
  }

  mutating func write(_ memory: UInt64, _ data: [UInt8], byDriver: Bool = false) {
    send(.memory, memory, code: byDriver ? 1 : 2, data, [])
  }

  mutating func interrupt(_ code: UInt32, _ data: [UInt8]) {
    send(.interrupt, address, code: code, data, [])
  }

  mutating func send(
    _ kind: Access.Kind, _ address: UInt64, code: UInt32, _ data: [UInt8], _ flags: Access.Flags
  ) {
    record += 1
    collector.receive(
      Access(
        kind: kind, record: record, time: Int64(record), location: record, address: address,
        width: UInt32(data.count), code: code, flags: flags),
      bytes: data)
  }

  /// Enables the subchannel and sets a revision.
  mutating func begin(revision: UInt8, type: UInt8 = 2) {
    event(1)
    command(0xe4, [0xff, 0x38, 0x32, type, 0, 0, 0])
    command(0x83, [0, revision, 0, 0])
  }

  /// Eight bytes, most significant first.
  static func big(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - $0 * 8)) }
  }
}
