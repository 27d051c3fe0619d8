import Model
import Testing

@testable import Recordings

/// What QEMU tells of devices, in answers that the QEMU of Debian 12 does not give here.
@Suite struct RunningMachineTests {
  private func answer(_ value: String) -> [FakeServer.Step] {
    [.line, .send("{\"return\": \(value), \"id\": $ID}\n")]
  }

  private var refusal: [FakeServer.Step] {
    [.line, .send("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}, \"id\": $ID}\n")]
  }

  private func devices(_ steps: [FakeServer.Step]) throws -> [RunningDevice] {
    let scratch = try Scratch()
    let server = try FakeServer(QMPConnectionTests.negotiated + steps, in: scratch)
    return try RunningMachine(path: server.path).devices()
  }

  private let list = """
    [{"path": "/machine/peripheral/x/virtio-backend", "name": "virtio-blk"}]
    """
  private let queue = """
    {"vring-num": 8, "vring-desc": 18446744073709551615, "vring-avail": 2, "vring-used": 3,
     "used-idx": 5, "inuse": 1}
    """

  private func status(_ features: String, _ more: String = "") -> String {
    """
    {"device-id": 2, "num-vqs": 2, "guest-features": {"transports": [\(features)]}, \(more)
     "device-endian": "big"}
    """
  }

  @Test func aDeviceThatIsNotOnPCIHasItsPath() throws {
    let found = try devices(
      answer(list) + refusal + refusal + answer(status("\"VIRTIO_RING_F_EVENT_IDX: x\""))
        + answer(queue) + answer("{\"vring-num\": 8, \"vring-desc\": 0}"))
    let device = try #require(found.first)
    #expect(device.id == "/machine/peripheral/x/virtio-backend" && device.type == 2)
    let only = try #require(device.queues.first)
    #expect(device.queues.count == 1 && only.layout.descriptors == .max)
    #expect(only.layout.isBigEndian && only.layout.hasEventIndex && !only.layout.isPacked)
    #expect(!only.layout.allowsIndirect && !only.layout.mayBeTranslated)
    #expect(only.device == .init(usedIndex: 5, inUse: 1))
  }

  @Test func featuresOfAModernDriver() throws {
    let features = """
      "VIRTIO_F_VERSION_1: v", "VIRTIO_F_RING_PACKED: p", "VIRTIO_F_IN_ORDER: o",
      "VIRTIO_RING_F_INDIRECT_DESC: i", "VIRTIO_F_IOMMU_PLATFORM: a", 7
      """
    let found = try devices(
      answer(list) + refusal + refusal + answer(status(features, "\"vhost-started\": true,"))
        + answer(queue) + refusal)
    let only = try #require(found.first?.queues.first)
    #expect(only.layout.isPacked && only.layout.isInOrder && only.layout.allowsIndirect)
    #expect(only.layout.mayBeTranslated && !only.layout.isBigEndian)
    // Another process works on the queue, and QEMU does not know how far it is.
    #expect(only.device == nil)
  }

  /// A bus behind a bridge has the number that the guest gave it; of several root buses none is told.
  @Test(arguments: [(1, "0000:07:02.3"), (2, "/machine/peripheral/x/virtio-backend")])
  func placeBehindABridge(roots: Int, id: String) throws {
    let bridge = """
      {"bus": 0, "devices": [{"slot": 4, "function": 0, "pci_bridge": {"bus": {"secondary": 7}}}]}
      """
    let buses = [bridge, "{\"bus\": 128, \"devices\": []}"].prefix(roots).joined(separator: ", ")
    let found = try devices(
      answer(list) + answer("[\(buses)]")
        // The device, its bus; the bridge, its bus; the host, which is no PCI device.
        + answer("19") + answer("\"/machine/peripheral/b/b\"") + answer("32")
        + answer("\"/machine/q35/pcie.0\"") + refusal
        + answer(status("")) + refusal + refusal)
    #expect(found.map(\.id) == [id])
  }

  @Test func anOldQEMUIsToldSo() throws {
    let error = #expect(throws: RecordingError.self) { try devices(refusal) }
    let text = try #require(error).description
    #expect(text.contains("QEMU 8.2.1 does not tell of its virtio devices"), "\(text)")
  }
}
