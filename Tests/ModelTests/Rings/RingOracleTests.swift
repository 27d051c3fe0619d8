import Foundation
import Model
import Testing

/// Ring snapshots against what QEMU said of the same queues at the same moment.
@Suite struct RingOracleTests {
  static let names = [
    "core-split-small", "ring-packed-blk-net", "ring-packed-inflight", "ring-packed-noindirect",
    "ring-split-blk-net", "ring-split-noindirect-inflight",
  ]

  /// A queue of a device, from both sides.
  private func forEachQueue(
    of name: String, _ body: (QEMUTruth.Queue, QueueSnapshot, Session) throws -> Void
  ) throws {
    let truth = try QEMUTruth(name)
    let memory = try PieceMemory.snapshot("x86/\(name).ram.zst")
    let recorded = try Recorded("x86/\(name).qemu.log.zst")
    var count = 0
    for (path, queues) in truth.queues {
      let kind = truth.devices.first { $0.path == path }?.name.dropFirst("virtio-".count) ?? ""
      let device = try #require(recorded.devices.first { $0.typeName == kind })
      for queue in queues {
        let known = try #require(device.current.queue(queue.queue))
        let layout = try #require(QueueLayout(known, of: device.current))
        try body(queue, QueueSnapshot(layout, in: memory, slots: true), device.current)
        count += 1
      }
    }
    #expect(count > 0)
  }

  @Test(arguments: names) func agreesOnTheQueue(name: String) throws {
    try forEachQueue(of: name) { truth, snapshot, _ in
      let status = truth.status
      let place: Comment = "\(status.name) queue \(truth.queue)"
      #expect(snapshot.layout.size == status.size, place)
      #expect(snapshot.layout.descriptors == status.descriptors, place)
      #expect(snapshot.layout.driverArea == status.available, place)
      #expect(snapshot.layout.deviceArea == status.used, place)
      #expect(snapshot.isReadable && snapshot.isStable, place)
      #expect(snapshot.usedIndex == status.usedIndex, place)
      #expect(snapshot.faults == [], place)
      if let inFlight = snapshot.inFlight { #expect(inFlight == status.inUse, place) }
      if !snapshot.layout.isPacked {
        #expect(snapshot.availableIndex == status.shadowAvailableIndex, place)
      } else if let inFlight = snapshot.inFlight {
        // QEMU's shadow index of a packed ring is the slot that it would take next.
        let next = (snapshot.usedIndex + inFlight) % snapshot.layout.size
        #expect(next == status.shadowAvailableIndex, place)
      }
    }
  }

  @Test func tellsTheRequestInFlight() throws {
    for name in ["ring-packed-inflight", "ring-split-noindirect-inflight"] {
      try forEachQueue(of: name) { truth, snapshot, _ in
        guard truth.status.name == "virtio-blk" else { return }
        #expect(snapshot.inFlight == 1)
        #expect(snapshot.pending.count == 1)
      }
    }
  }

  @Test(arguments: names) func agreesOnTheElements(name: String) throws {
    var compared = 0
    try forEachQueue(of: name) { truth, snapshot, _ in
      for element in truth.elements ?? [] {
        guard let said = element.element.buffers else { continue }
        let slot = try #require(snapshot.slots.first { $0.slot == element.index })
        #expect(slot.head == element.element.head)
        // QEMU lists the last descriptor first.
        let ours = slot.buffers.reversed()
        let place: Comment = "\(truth.status.name) queue \(truth.queue) slot \(element.index)"
        #expect(ours.map(\.address) == said.map(\.address), place)
        #expect(ours.map(\.length) == said.map(\.length), place)
        #expect(ours.map(\.isWritable) == said.map { $0.flags.contains("write") }, place)
        compared += 1
      }
    }
    #expect(name.contains("packed") || compared > 0)
  }
}

/// `NAME.truth.json`: QEMU's answers to its own queries.
struct QEMUTruth: Decodable {
  struct Named: Decodable {
    var name: String
    var path: String
  }
  struct Status: Decodable {
    var name: String
    var size: UInt32
    var descriptors: UInt64
    var available: UInt64
    var used: UInt64
    var usedIndex: UInt32
    var shadowAvailableIndex: UInt32
    var inUse: UInt32
    enum CodingKeys: String, CodingKey {
      case name
      case size = "vring-num"
      case descriptors = "vring-desc"
      case available = "vring-avail"
      case used = "vring-used"
      case usedIndex = "used-idx"
      case shadowAvailableIndex = "shadow-avail-idx"
      case inUse = "inuse"
    }
  }
  struct Buffer: Decodable {
    var address: UInt64
    var length: UInt32
    var flags: [String]
    enum CodingKeys: String, CodingKey {
      case address = "addr"
      case length = "len"
      case flags
    }
  }
  struct Element: Decodable {
    /// The head; nil where QEMU answered with an error.
    var head: UInt32?
    var buffers: [Buffer]?
    enum CodingKeys: String, CodingKey {
      case head = "index"
      case buffers = "descs"
    }
  }
  struct Slot: Decodable {
    var index: UInt32
    var element: Element
  }
  struct Queue: Decodable {
    var queue: Int32
    var status: Status
    var elements: [Slot]?
  }

  var devices: [Named]
  var queues: [String: [Queue]]
  enum CodingKeys: String, CodingKey {
    case devices = "x-query-virtio"
    case queues
  }

  init(_ name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("x86/\(name).truth.json")))
    self = try JSONDecoder().decode(QEMUTruth.self, from: data)
  }
}
