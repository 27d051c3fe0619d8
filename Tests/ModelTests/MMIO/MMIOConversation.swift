import Model

/// A driver and a device that talk over virtio-mmio, an access at a time.
struct MMIOConversation {
  var collector = TransactionCollector()
  var base: UInt64 = 0x0a00_3e00
  private var record: UInt64 = 0

  init(version: UInt64? = nil, type: UInt64 = 2) {
    guard let version else { return }
    probe(version: version, type: type)
  }

  mutating func probe(version: UInt64, type: UInt64) {
    read(0x00, 0x7472_6976)
    read(0x04, version)
    read(0x08, type)
  }

  mutating func read(_ offset: UInt64, _ value: UInt64, width: UInt32 = 4) {
    access(offset, value, width, [])
  }

  mutating func write(_ offset: UInt64, _ value: UInt64, width: UInt32 = 4) {
    access(offset, value, width, .toDevice)
  }

  mutating func access(_ offset: UInt64, _ value: UInt64, _ width: UInt32, _ flags: Access.Flags) {
    record += 1
    collector.receive(
      Access(
        kind: .mmio, record: record, time: Int64(record), location: record,
        address: base &+ offset, value: value, width: width, flags: flags))
  }

  /// The texts of what came after the probe.
  var texts: [String] { Array(collector.texts().dropFirst(3)) }
}
