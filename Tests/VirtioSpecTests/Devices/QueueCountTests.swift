import Foundation
import Testing
import VirtioSpec

/// The counts of queues against the table of devices.
@Suite struct QueueCountTests {
  struct Table: Decodable {
    struct Device: Decodable {
      var id: UInt32
      var queues: [Queue]?
    }
    struct Queue: Decodable {
      var isPlain: Bool

      /// A queue with a number of its own, that no feature brings.
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let hasNumber = (try? values.decode(Int.self, forKey: .index)) != nil
        isPlain = try hasNumber && values.decodeNil(forKey: .onlyIf)
      }

      enum Key: String, CodingKey {
        case index
        case onlyIf = "only_if"
      }
    }
    var devices: [Device]
  }

  @Test func countsAreThoseOfTheTable() throws {
    let file = packageRoot.appending(path: "fixtures/spec/devices.json")
    let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: file))
    #expect(table.devices.count > 30)
    for device in table.devices {
      let queues = device.queues ?? []
      let count = !queues.isEmpty && queues.allSatisfy(\.isPlain) ? queues.count : nil
      #expect(DeviceType(rawValue: device.id).queueCount == count, "type \(device.id)")
    }
  }
}
