@testable import Model

/// A machine with one virtio function and a driver that talks to it, an access at a time.
struct PCIConversation {
  var collector = TransactionCollector()
  var slot: UInt64 = 3
  private var record: UInt64 = 0

  /// Nothing is shown yet.
  init() {}

  /// A transitional block device: header at port 0xc000, structures at 0xfe000000 (BAR 4).
  static func enumerated(id: UInt64 = 0x1001, table: Bool = true) -> PCIConversation {
    var talk = PCIConversation()
    talk.readConfiguration(0x00, id << 16 | 0x1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x10, 0xc001, 4)
    talk.readConfiguration(0x14, 0xfd00_0000, 4)
    talk.readConfiguration(0x20, 0xfe00_000c, 4)
    talk.readConfiguration(0x24, 0, 4)
    talk.readConfiguration(0x34, 0x98, 1)
    if table {
      talk.readConfiguration(0x98, 0x11, 1)
      talk.readConfiguration(0x99, 0x84, 1)
      talk.readConfiguration(0x9a, 0x0003, 2)
      talk.readConfiguration(0x9c, 0x1, 4)
    } else {
      talk.readConfiguration(0x98, 0x8405, 2)
    }
    talk.capability(0x84, next: 0x70, type: 5)
    talk.capability(0x70, next: 0x60, type: 2, offset: 0x3000)
    talk.readConfiguration(0x80, 4, 4)
    talk.capability(0x60, next: 0x50, type: 4, offset: 0x2000)
    talk.capability(0x50, next: 0x40, type: 3, offset: 0x1000)
    talk.capability(0x40, next: 0, type: 1, offset: 0)
    talk.writeConfiguration(0x04, 7, 2)
    return talk
  }

  mutating func capability(_ place: UInt64, next: UInt64, type: UInt64, offset: UInt64 = 0) {
    readConfiguration(place, 0x09 | next << 8, 2)
    readConfiguration(place + 3, type, 1)
    readConfiguration(place + 4, 4, 1)
    readConfiguration(place + 8, offset, 4)
    readConfiguration(place + 12, 0x1000, 4)
  }

  mutating func readConfiguration(_ register: UInt64, _ value: UInt64, _ width: UInt32) {
    send(.pciConfiguration, slot << 15 | register, value, width, [])
  }

  mutating func writeConfiguration(_ register: UInt64, _ value: UInt64, _ width: UInt32) {
    send(.pciConfiguration, slot << 15 | register, value, width, .toDevice)
  }

  mutating func read(_ address: UInt64, _ value: UInt64, _ width: UInt32) {
    send(address < 0x10000 ? .portIO : .mmio, address, value, width, [])
  }

  mutating func write(_ address: UInt64, _ value: UInt64, _ width: UInt32) {
    send(address < 0x10000 ? .portIO : .mmio, address, value, width, .toDevice)
  }

  /// An event of the device's own log.
  mutating func host(
    _ kind: Access.Kind, vdev: UInt64 = 0x5500, code: UInt32 = 0, vq: UInt64 = 0, cpu: UInt16 = 1
  ) {
    send(kind, vdev, vq, 0, [], code: code, cpu: cpu)
  }

  mutating func send(
    _ kind: Access.Kind, _ address: UInt64, _ value: UInt64, _ width: UInt32,
    _ flags: Access.Flags, code: UInt32 = 0, cpu: UInt16 = 1
  ) {
    record += 1
    collector.receive(
      Access(
        kind: kind, record: record, time: Int64(record), location: record, address: address,
        value: value, width: width, code: code, flags: flags, cpu: cpu))
  }

  /// Forgets what was said so far.
  mutating func startListening() { collector.transactions = [] }

  /// The texts of every transaction since.
  var texts: [String] { collector.texts() }

  /// Writes whose text is `status`.
  mutating func driverOK() {
    write(0xfe00_0014, 0, 1)
    host(.hostStatus, code: 0)
    write(0xfe00_0014, 0xf, 1)
    host(.hostStatus, code: 15)
    startListening()
  }
}
