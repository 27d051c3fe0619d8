import Model
import Testing
import VirtioSpec

@Suite struct CCWTransportTests {
  @Test func `data chaining joins the areas of one command`() {
    var talk = CCWConversation()
    talk.begin(revision: 1)
    talk.command(0x11, [0x01, 0x02], flags: 0x80)
    talk.command(0x08, [])
    talk.command(0x00, [0x03, 0x30, 0x00])
    talk.command(0x31, [0x0b])
    #expect(
      talk.collector.texts().suffix(2) == ["W driver_feature[0] 0x30030201", "W status 0x0b"])
  }

  @Test func `a command that fails under data chaining ends the chain`() {
    var talk = CCWConversation()
    talk.begin(revision: 1)
    talk.command(0x11, [0x01, 0x02], flags: 0x80, rejected: true)
    talk.command(0x31, [0x01])
    #expect(
      talk.collector.texts().suffix(2) == ["W driver_feature[?] ? rejected", "W status 0x01"])
  }

  @Test func `the revision decides the interface, and disabling forgets it`() {
    var talk = CCWConversation()
    talk.begin(revision: 2)
    talk.command(0x72, [0])
    talk.event(1)
    talk.command(0x72, [0])
    talk.event(2)
    talk.event(1)
    talk.command(0x33, [])
    #expect(
      talk.collector.texts() == [
        "subchannel enabled", "R device_id 0x2", "W revision 2", "R status 0x00", "R status 0x00",
        "subchannel disabled", "subchannel enabled", "legacy reset",
      ])
  }

  @Test func `a recording that starts late tells no revision`() {
    var talk = CCWConversation()
    talk.command(0x31, [0x0f])
    #expect(talk.collector.machine.devices[0].current.interface == .none)
    #expect(talk.collector.machine.devices[0].id == "fe.0.sch0001")
  }

  @Test func `a control unit of another type is no device of virtio`() {
    var talk = CCWConversation()
    talk.event(1)
    talk.command(0xe4, [0xff, 0x39, 0x90, 0x0c, 0x33, 0x90, 0x0c])
    talk.command(0x13, [])
    #expect(talk.collector.machine.devices.count == 0)
  }

  @Test func `the device number may come from the subchannel itself`() {
    var talk = CCWConversation()
    talk.event(1, [0, 0, 0, 0, 0x18, 0x81, 0x12, 0x34])
    talk.command(0x33, [])
    #expect(talk.collector.machine.devices[0].id == "fe.0.1234")
  }

  @Test func `configuration in the byte order of the interface`() {
    var modern = CCWConversation()
    modern.begin(revision: 1, type: 2)
    modern.command(0x22, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    #expect(
      modern.collector.texts().suffix(2) == [
        "R config[0x00:8] 0x0807060504030201", "R config[0x08:4] 0x0c0b0a09",
      ])
    var legacy = CCWConversation()
    legacy.begin(revision: 0, type: 2)
    legacy.command(0x22, [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(legacy.collector.texts().last == "legacy R config[0x00:8] 0x0102030405060708")
    // The balloon is little-endian whatever the interface.
    var balloon = CCWConversation()
    balloon.begin(revision: 0, type: 5)
    balloon.command(0x21, [1, 0, 0, 0, 2, 0, 0, 0])
    #expect(
      balloon.collector.texts().suffix(2) == [
        "legacy W config[0x00:4] 0x00000001", "legacy W config[0x04:4] 0x00000002",
      ])
  }

  @Test func `a growing prefix is read a field at a time`() {
    var talk = CCWConversation()
    talk.begin(revision: 1, type: 1)
    let mac: [UInt8] = [0x52, 0x54, 0x00, 0x12, 0x34, 0x56]
    for count in 1...6 { talk.command(0x22, Array(mac.prefix(count))) }
    talk.command(0x22, mac + [1, 0])
    #expect(
      talk.collector.texts().suffix(7) == [
        "R config[0x00:1] 0x52", "R config[0x01:1] 0x54", "R config[0x02:1] 0x00",
        "R config[0x03:1] 0x12", "R config[0x04:1] 0x34", "R config[0x05:1] 0x56",
        "R config[0x06:2] 0x0001",
      ])
  }

  @Test func `notifications`() {
    var talk = CCWConversation()
    talk.begin(revision: 2)
    talk.command(0x11, [1 << 6 | 1, 0, 0, 0, 1])
    talk.kick(0x0003_0001)
    talk.kick(7, answer: 0xff)
    #expect(
      talk.collector.texts().suffix(2) == [
        "kick queue[1] 0x30001", "kick queue[7] 0x0007 rejected",
      ]
    )
  }

  @Test func `adapter indicators that two devices share`() {
    var talk = CCWConversation()
    for (number, bit) in [(1, 0), (2, 4)] as [(UInt64, UInt64)] {
      talk.address = 0xfe00_0000 + number
      talk.begin(revision: 1)
      talk.command(
        0x73,
        CCWConversation.big(0x500) + CCWConversation.big(0x1000) + CCWConversation.big(bit) + [3])
      talk.command(0x53, CCWConversation.big(0x2000 + number * 8))
    }
    talk.write(0x1000, [0x40])
    talk.write(0x500, [1])
    talk.write(0x1000, [0x48])
    talk.write(0x1000, [0x48])
    talk.write(0x2010, [0, 0, 0, 0, 0, 0, 0, 1])
    talk.interrupt(3, [0x48])
    let found = talk.collector.transactions.filter { $0.step.kind == .interrupt }
    #expect(found.map(\.step.text) == ["irq queue[1]", "irq queue[0]", "irq queue", "irq config"])
    #expect(found.map(\.device).prefix(2) == [0, 1])
    #expect(found.last?.device == 1)
  }

  @Test func `summary, clearing and interrupts beside the notification`() {
    var talk = CCWConversation()
    talk.begin(revision: 1)
    talk.command(
      0x73,
      CCWConversation.big(0x500) + CCWConversation.big(0x1000) + CCWConversation.big(0) + [3])
    talk.command(0x53, CCWConversation.big(0x2000))
    talk.write(0x1000, [0xc0])
    talk.write(0x500, [1])
    talk.interrupt(3, [0xc0])
    talk.write(0x500, [0], byDriver: true)
    talk.write(0x1000, [0x40], byDriver: true)
    // Nothing is clear now that was not before.
    talk.write(0x1000, [0x40], byDriver: true)
    talk.write(0x2000, [0x80, 0, 0, 0, 0, 0, 0, 0])
    talk.interrupt(2, CCWConversation.big(0) + CCWConversation.big(1))
    talk.write(0x2000, CCWConversation.big(0), byDriver: true)
    #expect(
      talk.collector.texts().suffix(9) == [
        "irq queue[0]", "irq queue[1]", "indicator summary 0x01", "ccw_irq adapter",
        "indicator summary 0x00 driver", "indicator area 0x40 driver",
        "indicator config 0x8000000000000000", "ccw_irq classic 0x0 config=0x1",
        "indicator config 0x00 driver",
      ])
  }

  @Test func `a summary that two devices share`() {
    var talk = CCWConversation()
    for number in [1, 2] as [UInt64] {
      talk.address = 0xfe00_0000 + number
      talk.begin(revision: 1)
      talk.command(
        0x73,
        CCWConversation.big(0x500) + CCWConversation.big(0x1000)
          + CCWConversation.big(number * 4) + [3])
    }
    talk.write(0x500, [1])
    // A buffer over it is none.
    talk.write(0x4f8, [UInt8](repeating: 1, count: 16))
    let found = talk.collector.transactions.filter { $0.step.kind == .indicator }
    #expect(
      found.map(\.step.text) == ["indicator shared-summary 0x01", "indicator shared-summary 0x01"])
    #expect(found.map(\.device) == [0, 1])
  }

  @Test func `interrupts tell where indicators were not recorded`() {
    var talk = CCWConversation()
    talk.begin(revision: 1)
    talk.command(0x43, CCWConversation.big(0x3000))
    talk.command(0x53, CCWConversation.big(0x3008))
    talk.interrupt(2, [])
    talk.interrupt(2, CCWConversation.big(0b101) + CCWConversation.big(0))
    talk.interrupt(2, CCWConversation.big(0) + CCWConversation.big(1))
    #expect(
      talk.collector.texts().suffix(3) == ["irq queue[0]", "irq queue[2]", "irq config"])
  }

  @Test func `every command with any length of data`() {
    var talk = CCWConversation()
    for revision in 0...2 as ClosedRange<UInt8> {
      talk.event(2)
      talk.begin(revision: revision)
      for command in CCWCommand.allCases where command != .setVirtioRev {
        for count in 0...40 {
          talk.command(UInt32(command.rawValue), [UInt8](repeating: 0xff, count: count))
        }
      }
    }
    #expect(talk.collector.transactions.count > 3 * 12 * 40)
  }
}
