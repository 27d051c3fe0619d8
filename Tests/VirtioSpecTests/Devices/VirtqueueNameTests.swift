import Testing
import VirtioSpec

@Suite struct VirtqueueNameTests {
  /// Features that were accepted, of all or of those known, and numbers of the configuration.
  struct Facts: VirtqueueFacts {
    var accepted: Set<Int> = []
    var unknown: Set<Int> = []
    var counts: [String: Int] = [:]
    func accepts(_ bit: Int) -> Bool? { unknown.contains(bit) ? nil : accepted.contains(bit) }
    func count(_ field: String) -> Int? { counts[field] }
  }

  static func names(_ type: DeviceType, _ facts: Facts, _ count: Int) -> [String] {
    (0..<count).map { index in
      switch type.virtqueueName(index, facts) {
      case .named(let name): name
      case .absent: "-"
      case .unknown: "?"
      }
    }
  }

  @Test func `net`() {
    #expect(Self.names(.net, Facts(), 4) == ["receiveq1", "transmitq1", "-", "-"])
    #expect(
      Self.names(.net, Facts(accepted: [17]), 4) == ["receiveq1", "transmitq1", "controlq", "-"])
    // The control virtqueue lies behind all pairs that the device has, not behind those in use.
    let many = Facts(accepted: [17, 22], counts: ["max_virtqueue_pairs": 2])
    #expect(
      Self.names(.net, many, 6) == [
        "receiveq1", "transmitq1", "receiveq2", "transmitq2", "controlq", "-",
      ])
    #expect(
      Self.names(.net, Facts(accepted: [17, 22]), 4) == ["receiveq1", "transmitq1", "?", "?"])
    #expect(Self.names(.net, Facts(unknown: [22]), 3) == ["receiveq1", "transmitq1", "?"])
  }

  @Test func `types with a row of queues`() {
    #expect(Self.names(.blk, Facts(), 2) == ["requestq1", "-"])
    let two = Facts(accepted: [12], counts: ["num_queues": 2])
    #expect(Self.names(.blk, two, 3) == ["requestq1", "requestq2", "-"])
    #expect(
      Self.names(.scsi, Facts(counts: ["num_queues": 1]), 4) == [
        "controlq", "eventq", "request queue 0", "-",
      ])
    #expect(
      Self.names(.crypto, Facts(counts: ["max_dataqueues": 2]), 4) == [
        "dataq1", "dataq2", "controlq", "-",
      ])
    #expect(Self.names(.crypto, Facts(), 1) == ["?"])
    let mounted = Facts(counts: ["num_request_queues": 1])
    #expect(Self.names(.fs, mounted, 3) == ["hiprio", "request queue 1", "-"])
    let notified = Facts(accepted: [0], counts: ["num_request_queues": 1])
    #expect(
      Self.names(.fs, notified, 4) == ["hiprio", "notification queue", "request queue 1", "-"])
  }

  @Test func `console`() {
    #expect(Self.names(.console, Facts(), 3) == ["receiveq(port0)", "transmitq(port0)", "-"])
    let ports = Facts(accepted: [1], counts: ["max_nr_ports": 2])
    #expect(
      Self.names(.console, ports, 7).suffix(5) == [
        "control receiveq", "control transmitq", "receiveq(port1)", "transmitq(port1)", "-",
      ])
  }

  /// Devices that number without gaps make an index ambiguous.
  @Test func `balloon`() {
    #expect(
      Self.names(.balloon, Facts(accepted: [1]), 4) == ["inflateq", "deflateq", "statsq", "-"])
    #expect(
      Self.names(.balloon, Facts(accepted: [1, 3, 5]), 6) == [
        "inflateq", "deflateq", "statsq", "free_page_vq", "reporting_vq", "-",
      ])
    #expect(Self.names(.balloon, Facts(accepted: [3]), 4) == ["inflateq", "deflateq", "?", "?"])
    #expect(Self.names(.balloon, Facts(), 3) == ["inflateq", "deflateq", "-"])
  }

  @Test func `types whose number does not vary`() {
    for type in (0...50).map({ DeviceType(rawValue: $0) }) {
      guard let count = type.queueCount else { continue }
      let names = Self.names(type, Facts(), count + 1)
      #expect(names.last == "-" && !names.dropLast().contains("-"), "\(type.name): \(names)")
    }
    #expect(Self.names(.scmi, Facts(accepted: [0]), 3) == ["cmdq", "eventq", "-"])
    #expect(Self.names(.scmi, Facts(), 2) == ["cmdq", "-"])
  }
}
