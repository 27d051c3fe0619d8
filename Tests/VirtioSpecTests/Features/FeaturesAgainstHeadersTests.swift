import Testing
import VirtioSpec

/// Feature bits against the numbers in Linux's headers.
@Suite struct FeaturesAgainstHeadersTests {
  @Test func bitsHaveTheNumbersOfTheHeaders() throws {
    var ours: [String: Int] = [:]
    for type in DeviceType.all {
      for feature in FeatureCatalogue.features(of: type) { ours[feature.name] = feature.bit }
    }
    var compared = 0
    for header in try CHeader.names() {
      for (name, value) in try CHeader.constants(header) {
        // The rings' own bits have had this prefix in Linux from before the specification.
        let known = name.replacing("VIRTIO_RING_F_", with: "VIRTIO_F_")
        guard let bit = ours[known] else { continue }
        #expect(bit == value, "\(name)")
        compared += 1
      }
    }
    // Linux 6.1 names 80 of them; fewer would mean that the names are no longer found.
    #expect(compared >= 75)
  }

  @Test func deviceTypesHaveTheNumbersOfTheHeaders() throws {
    let names = [
      "BLOCK": "blk", "MEMORY_BALLOON": "balloon-new", "CLOCK": "rtc", "BT": "bluetooth",
      "I2C_ADAPTER": "i2c", "PARAM_SERV": "param-server",
    ]
    var compared = 0
    for (name, value) in try CHeader.constants("virtio_ids") {
      guard name.hasPrefix("VIRTIO_ID_"), let number = UInt32(exactly: value) else { continue }
      let tail = String(name.dropFirst("VIRTIO_ID_".count))
      let ours = names[tail] ?? tail.lowercased().replacing("_", with: "-")
      // Linux assigned 37 to a device that the table does not list.
      guard let type = DeviceType.named(ours) else {
        #expect(tail == "DMABUF")
        continue
      }
      #expect(type.rawValue == number, "\(name)")
      compared += 1
    }
    #expect(compared >= 38)
  }

  @Test func transitionalDevicesHaveTheNumbersOfTheHeaders() throws {
    let names = ["BLOCK": "blk", "9P": "9p"]
    var compared = 0
    for (name, value) in try CHeader.constants("virtio_ids") where name.contains("TRANS_ID") {
      let tail = name.replacing("VIRTIO_TRANS_ID_", with: "")
      let type = try #require(DeviceType.named(names[tail] ?? tail.lowercased()), "\(name)")
      let id = try #require(type.transitionalPCIID, "\(name)")
      #expect(Int(id) == value)
      #expect(DeviceType.transitional(pciDeviceID: id) == type)
      compared += 1
    }
    #expect(compared == 7)
  }
}
