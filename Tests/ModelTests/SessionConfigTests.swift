import Model
import Testing
import VirtioSpec

@Suite struct SessionConfigTests {
  private func session(
    _ type: DeviceType, isBig: Bool = false,
    _ parts: [(offset: UInt32, width: UInt8, value: UInt64)]
  ) -> Session {
    var profile = DeviceProfile(transport: .mmio)
    profile.type = type
    profile.guestIsBigEndian = isBig ? .yes : .no
    var session = Session(index: 0, profile: profile)
    for (place, part) in parts.enumerated() {
      session.apply(
        Transaction(
          .readConfig,
          at: RecordReference(record: UInt64(place + 1), time: 0, location: 0), value: part.value,
          index: part.offset, interface: isBig ? .legacy : .modern, width: part.width))
    }
    return session
  }

  private func texts(_ session: Session) -> [String] {
    session.configFields().map { "\($0.first.record) \($0.name)=\($0.text)" }
  }

  @Test func `halves and bytes make fields`() {
    let session = session(
      .blk, [(4, 4, 1), (0, 4, 0x20000), (20, 4, 512), (12, 2, 254), (200, 2, 0x0201)])
    #expect(
      texts(session) == [
        "1 capacity=4295098368", "3 blk_size=512", "4 offset 0x0c, 2 bytes=fe:00",
        "5 offset 0xc8, 2 bytes=01:02",
      ])
  }

  @Test func `what a field showed first is kept beside its last value`() {
    let session = session(.iommu, [(36, 1, 1), (36, 1, 0)])
    #expect(session.config.map(\.value) == [0] && session.config.map(\.initial) == [1])
    #expect(session.config.map(\.beganWithRead) == [true])
  }

  @Test func `the generation is that of the last read that was captured`() {
    var session = session(.mem, [])
    #expect(session.configGeneration == -1 && session.configGenerationReads == 0)
    let place = RecordReference(record: 1, time: 0, location: 0)
    session.apply(Transaction(.readConfigGeneration, at: place, value: 7))
    session.apply(Transaction(.readConfigGeneration, at: place, value: 9, traits: .unknownValue))
    #expect(session.configGeneration == 7 && session.configGenerationReads == 1)
  }

  @Test func `a life remembers how the first one found the configuration`() {
    var devices = DeviceTable()
    var profile = DeviceProfile(transport: .pci)
    profile.type = .iommu
    let device = devices.add(id: "a", profile: profile)
    devices[device].current.startKnown = true
    for (number, value) in [1, 0, 1].enumerated() {
      let place = RecordReference(record: UInt64(number + 1), time: 0, location: 0)
      devices[device].current.apply(
        Transaction(
          number == 1 ? .writeConfig : .readConfig, at: place, value: UInt64(value), index: 36,
          interface: .modern, width: 1))
      devices.beginSession(of: device)
    }
    let previous = devices[device].current.previous
    #expect(previous?.earliestConfig.map(\.initial) == [1])
    #expect(previous?.firstConfigWrite.record == 2)
    #expect(previous?.config.first?.beganWithRead == true)
  }

  @Test func `a MAC address is told as one`() {
    let mac: [UInt64] = [0x52, 0x54, 0, 0x12, 0x34, 0x56]
    let parts = mac.enumerated().map {
      (offset: UInt32($0.offset), width: UInt8(1), value: $0.element)
    }
    #expect(texts(session(.net, parts + [(6, 2, 1)])) == ["1 mac=52:54:00:12:34:56", "7 status=1"])
  }

  @Test func `legacy bytes of a big-endian guest`() {
    #expect(texts(session(.net, isBig: true, [(6, 1, 0), (7, 1, 1)])) == ["1 status=1"])
    #expect(texts(session(.balloon, isBig: true, [(0, 1, 1), (1, 3, 0)])) == ["1 num_pages=1"])
  }

  @Test func `a tag is a text`() throws {
    let tag = try #require(DeviceType.fs.configFields.first { $0.name == "tag" })
    var parts: [(offset: UInt32, width: UInt8, value: UInt64)] = []
    for place in 0..<tag.byteCount {
      let letters = Array("myfs".utf8)
      parts.append(
        (UInt32(tag.offset + place), 1, place < letters.count ? UInt64(letters[place]) : 0))
    }
    #expect(texts(session(.fs, parts)) == ["1 tag=\"myfs\""])
  }

  @Test(arguments: [
    ("linux-net-rev2", "mac=52:54:00:12:34:56"), ("linux-net-rev0", "mac=52:54:00:12:34:56"),
    ("linux-blk-rev0", "capacity=8192"), ("linux-blk-rev2", "capacity=8192"),
    ("linux-blk-rev0", "blk_size=512"), ("bios-blk-no-boot", "blk_size=512"),
  ])
  func `real configuration in either byte order`(name: String, field: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let fields = collector.machine.devices[0].sessions.flatMap { $0.configFields() }
    #expect(fields.contains { "\($0.name)=\($0.text)" == field })
  }
}
