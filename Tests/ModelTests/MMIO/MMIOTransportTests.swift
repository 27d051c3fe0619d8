import Model
import Testing
import VirtioSpec

@Suite struct MMIOTransportTests {
  @Test func `a probed window is a device of the type that it tells`() throws {
    var talk = MMIOConversation(version: 2, type: 1)
    let devices = talk.collector.machine.devices
    #expect(devices.count == 1)
    #expect(devices[0].id == "mmio@0x0a003e00")
    #expect(devices[0].profile.type == .net)
    #expect(devices[0].profile.mmioVersion == 2)
    #expect(
      talk.collector.texts() == ["R magic 0x74726976", "R version 0x2", "R device_id 0x1"])
    // The record of the Version register decides the interface, also after a reset.
    #expect(devices[0].current.interface == .modern)
    #expect(devices[0].current.interfaceEvidence.record == 2)
    for status: UInt64 in [0, 1, 3, 0] { talk.write(0x70, status) }
    #expect(talk.collector.machine.devices[0].current.index == 1)
    #expect(talk.collector.machine.devices[0].current.interface == .modern)
    #expect(talk.collector.machine.devices[0].current.interfaceEvidence.record == 2)
  }

  @Test func `an empty slot is no device`() {
    let talk = MMIOConversation(version: 1, type: 0)
    #expect(talk.collector.machine.devices.count == 0)
    #expect(talk.collector.machine.foreign == 0)
  }

  @Test func `modern registers`() {
    var talk = MMIOConversation(version: 2)
    talk.write(0x70, 0)
    talk.write(0x14, 1)
    talk.read(0x10, 0x101)
    talk.write(0x24, 4)
    talk.write(0x20, 0x10)
    talk.write(0x30, 2)
    talk.read(0x34, 1024)
    talk.write(0x38, 256)
    talk.write(0x80, 0x1000)
    talk.write(0x84, 0x2)
    talk.write(0x90, 0x3000)
    talk.write(0x94, 0)
    talk.write(0xa0, 0x4000)
    talk.write(0xa4, 0)
    talk.read(0x44, 0)
    talk.write(0x44, 1)
    talk.write(0xc0, 1)
    talk.read(0xc0, 0)
    talk.write(0x50, 2)
    talk.read(0x60, 1)
    talk.write(0x64, 1)
    talk.read(0x70, 0xf)
    talk.read(0xfc, 7)
    talk.read(0x0c, 0x554d_4551)
    talk.write(0xac, 1)
    talk.read(0xb0, 0xffff_ffff)
    talk.read(0x114, 512)
    talk.write(0x120, 1, width: 1)
    #expect(
      talk.texts == [
        "W status 0x00", "W device_feature_select 1", "R device_feature[1] 0x00000101",
        "W driver_feature_select 4", "W driver_feature[4] 0x00000010", "W queue_select 2",
        "R queue[2].max_size 1024", "W queue[2].size 256", "W queue[2].desc.low 0x1000",
        "W queue[2].desc.high 0x2", "W queue[2].driver.low 0x3000", "W queue[2].driver.high 0x0",
        "W queue[2].device.low 0x4000", "W queue[2].device.high 0x0", "R queue[2].enable 0",
        "W queue[2].enable 1", "W queue[2].reset 0x1", "R queue[2].reset 0x0",
        "kick queue[2] 0x0002", "R isr 0x01", "W interrupt_ack 0x1", "R status 0x0f",
        "R config_generation 0x07", "R vendor_id 0x554d4551", "W register[0xac:4] 0x00000001",
        "R register[0xb0:4] 0xffffffff", "R config[0x14:4] 0x00000200", "W config[0x20:1] 0x01",
      ])
    let queue = talk.collector.machine.devices[0].current.queue(2)
    #expect(queue?.descriptors == 0x2_0000_1000)
    #expect(queue?.descriptorsMask == .max)
  }

  @Test func `legacy registers`() {
    var talk = MMIOConversation(version: 1)
    talk.write(0x28, 4096)
    talk.write(0x30, 0)
    talk.read(0x40, 0)
    talk.read(0x34, 1024)
    talk.write(0x38, 1024)
    talk.write(0x3c, 4096)
    talk.write(0x40, 0x46d9)
    talk.write(0x44, 1)
    talk.write(0x80, 0x1000)
    #expect(
      talk.texts == [
        "legacy W guest_page_size 0x1000", "legacy W queue_select 0", "legacy R queue[0].pfn 0x0",
        "legacy R queue[0].max_size 1024", "legacy W queue[0].size 1024",
        "legacy W queue[0].align 0x1000", "legacy W queue[0].pfn 0x46d9",
        "legacy W register[0x44:4] 0x00000001", "legacy W register[0x80:4] 0x00001000",
      ])
    #expect(talk.collector.machine.devices[0].current.queue(0)?.descriptors == 0x46d_9000)
    #expect(talk.collector.machine.devices[0].current.queue(0)?.alignment == 4096)
  }

  @Test func `legacy registers of a modern device are registers without a meaning`() {
    var talk = MMIOConversation(version: 2)
    talk.write(0x28, 4096)
    talk.write(0x40, 0x123)
    #expect(talk.texts == ["W register[0x28:4] 0x00001000", "W register[0x40:4] 0x00000123"])
  }

  @Test func `the wrong direction is told as what it is`() {
    var talk = MMIOConversation(version: 2)
    talk.write(0x00, 5)
    talk.read(0x50, 0)
    talk.write(0x60, 1)
    #expect(
      talk.texts == [
        "W register[0x00:4] 0x00000005", "R register[0x50:4] 0x00000000",
        "W register[0x60:4] 0x00000001",
      ])
  }

  @Test func `widths and middles`() {
    var talk = MMIOConversation(version: 2)
    talk.read(0x70, 3, width: 1)
    talk.read(0x12, 0x3000, width: 2)
    talk.write(0x71, 0, width: 1)
    talk.write(0x80, 0x2_0000_1000, width: 8)
    talk.write(0x6e, 0x000f_0000, width: 4)
    #expect(
      talk.texts == [
        "R status 0x03 width=1",
        "R device_feature[0] 0x30000000 width=2 byte=2",
        "W register[0x71:1] 0x00 width=1 byte=1",
        "W queue[0].desc.low 0x1000 width=8", "W queue[0].desc.high 0x2 width=8",
        "W register[0x6e:4] 0x00000000 width=4 byte=2", "W status 0x0f width=4",
      ])
    let offered = talk.collector.machine.devices[0].current.offered
    #expect(offered.contains(28) && offered.contains(29))
    #expect(!offered.knows(0) && offered.knows(31))
  }

  @Test func `notification data names the queue in its low half`() {
    var talk = MMIOConversation(version: 2)
    talk.write(0x50, 0x0005_0001)
    talk.write(0x24, 1)
    talk.write(0x20, 1 << 6 | 1)
    talk.write(0x50, 0x0005_0001)
    let kicks = talk.collector.transactions.map(\.step).filter { $0.kind == .kick }
    #expect(kicks.map(\.queue) == [0x50001, 1])
  }

  @Test func `data that was not captured leaves the selection open`() {
    var talk = MMIOConversation(version: 2)
    talk.access(0x30, 0, 4, [.toDevice, .unknownData])
    talk.write(0x38, 8)
    talk.access(0x50, 0, 4, [.toDevice, .unknownData])
    #expect(talk.texts == ["W queue_select ?", "W queue[?].size 8", "kick queue[?] ?"])
  }

  @Test func `a neighbour's accesses are its own`() {
    var talk = MMIOConversation(version: 2)
    talk.read(0x200, 1)
    #expect(talk.collector.machine.foreign == 1)
    talk.base += 0x200
    talk.probe(version: 1, type: 3)
    talk.write(0x70, 0)
    #expect(talk.collector.machine.devices.count == 2)
    #expect(talk.collector.texts(of: 1).last == "legacy W status 0x00")
    talk.base -= 0x200
    talk.read(0x1fc, 9)
    #expect(talk.collector.texts().last == "R config[0xfc:4] 0x00000009")
  }

  @Test func `slots a page apart may be wider`() {
    var talk = MMIOConversation()
    for slot in 0..<3 as Range<UInt64> {
      talk.base = 0x1000_1000 + slot * 0x1000
      talk.probe(version: 2, type: 2)
    }
    talk.read(0x204, 9)
    #expect(talk.collector.texts(of: 2).last == "R config[0x104:4] 0x00000009")
  }

  @Test func `the magic value elsewhere is no device`() {
    var talk = MMIOConversation()
    talk.read(0x00, 0x7472_6976)
    talk.read(0x04, 0x7366_6f69)
    talk.read(0x10, 4)
    #expect(talk.collector.machine.devices.count == 0)
    #expect(talk.collector.machine.foreign == 2)
    // A file system's tag in a device configuration.
    var known = MMIOConversation(version: 2, type: 26)
    known.read(0x100, 0x7472_6976)
    known.read(0x104, 0x7366_6f69)
    #expect(known.collector.machine.devices.count == 1)
    #expect(known.texts.count == 2)
  }

  @Test func `a hint stands for a probe that was not recorded`() {
    var talk = MMIOConversation()
    var hint = DeviceHint(transport: .mmio)
    hint.base = talk.base
    hint.size = 0x200
    hint.deviceID = 4
    talk.collector.machine.take(hint)
    talk.write(0x50, 0)
    let device = talk.collector.machine.devices[0]
    #expect(device.profile.fromHint && device.profile.type == .rng)
    #expect(talk.collector.texts() == ["kick queue[0] 0x0000"])
    #expect(device.current.interface == .none)
    talk.write(0x38, 8)
    #expect(talk.collector.texts().last == "W queue[?].size 8")
  }

  @Test func `addresses at the end of the world`() {
    var talk = MMIOConversation()
    talk.base = 0xffff_ffff_ffff_fffc
    talk.read(0x00, 0x7472_6976)
    talk.read(0x04, 2)
    talk.read(0x08, 2, width: .max)
    #expect(talk.collector.machine.devices.count <= 1)
  }
}
