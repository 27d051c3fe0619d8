import Foundation
import Testing
import VirtioSpec

@testable import Model

/// What QEMU itself says of its devices in mid-life (`x-query-virtio`), against the sessions that
/// their drivers' accesses make.
@Suite struct StateTests {
  static let paused = Fixture.files(in: "x86", endingIn: ".truth.json")

  @Test(arguments: paused)
  func sessionsEndAsQEMUTells(truth: String) throws {
    let told = try JSONDecoder().decode(Truth.self, from: Data(Fixture.text(truth).utf8))
    let recorded = try Recorded(
      truth.replacingOccurrences(of: ".truth.json", with: ".qemu.log.zst"))
    #expect(recorded.devices.count == told.status.count)
    for (path, device) in told.status {
      let found = try #require(
        recorded.devices.first { $0.profile.type?.rawValue == device.id }, "\(path)")
      let session = found.current
      #expect(session.startKnown)
      #expect(session.isModern)
      #expect(session.status.names.map { "VIRTIO_CONFIG_S_" + $0 } == device.statusNames)
      #expect(session.offered.isKnownAtAll)
      check(session, offered: device.hostFeatures, accepted: device.guestFeatures)
      check(session, told.queues[path] ?? [])
    }
  }

  private func check(_ session: Session, offered: Truth.Features, accepted: Truth.Features) {
    // The device's own list has a few bits that it never offers to this kind of driver.
    let accepts = Set(session.accepted.bits)
    #expect(accepts.count == accepted.count, "\(session.accepted.bits)")
    #expect(accepts.subtracting(session.offered.bits).isEmpty)
    #expect(session.offered.bits.count <= offered.count)
  }

  private func check(_ session: Session, _ queues: [Truth.QueueEntry]) {
    for entry in queues {
      let told = entry.status
      guard let queue = session.queue(told.index) else {
        #expect(told.descriptors == 0, "queue \(told.index) is missing")
        continue
      }
      #expect(queue.size == told.size)
      #expect(queue.descriptors == told.descriptors)
      #expect(queue.isEnabled == (told.descriptors != 0))
      #expect(queue.driverArea == told.driverArea)
      #expect(queue.deviceArea == told.deviceArea)
    }
  }

  struct Truth: Decodable {
    struct Features: Decodable {
      var unknown: UInt64?
      var device: [String]
      var transport: [String]
      enum CodingKeys: String, CodingKey {
        case unknown = "unknown-dev-features"
        case device = "dev-features"
        case transport = "transports"
      }
      var count: Int { (unknown ?? 0).nonzeroBitCount + device.count + transport.count }
    }
    struct Status: Decodable {
      struct Names: Decodable { var statuses: [String] }
      var id: UInt32
      var status: Names
      var guestFeatures: Features
      var hostFeatures: Features
      enum CodingKeys: String, CodingKey {
        case status
        case id = "device-id"
        case guestFeatures = "guest-features"
        case hostFeatures = "host-features"
      }
      var statusNames: [String] {
        let order = ["ACKNOWLEDGE", "DRIVER", "DRIVER_OK", "FEATURES_OK"]
          .map { "VIRTIO_CONFIG_S_" + $0 }
        let names = status.statuses.compactMap { $0.split(separator: ":").first.map(String.init) }
        return order.filter(names.contains)
      }
    }
    struct QueueEntry: Decodable {
      struct Ring: Decodable {
        var index: Int32
        var size: UInt32
        var descriptors: UInt64
        var driverArea: UInt64
        var deviceArea: UInt64
        enum CodingKeys: String, CodingKey {
          case index = "queue-index"
          case size = "vring-num"
          case descriptors = "vring-desc"
          case driverArea = "vring-avail"
          case deviceArea = "vring-used"
        }
      }
      var status: Ring
    }
    var status: [String: Status]
    var queues: [String: [QueueEntry]]
  }
}
