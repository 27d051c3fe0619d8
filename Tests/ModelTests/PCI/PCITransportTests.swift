import Testing
import VirtioSpec

@testable import Model

@Suite struct PCITransportTests {
  private let common: UInt64 = 0xfe00_0000
  private let notify: UInt64 = 0xfe00_3000

  @Test func portsAndWindowsReachTheSameFunction() {
    var talk = PCIConversation()
    talk.write(0xcf8, 0x8000_1800, 4)
    talk.read(0xcfc, 0x1af4, 2)
    talk.read(0xcfe, 0x1042, 2)
    #expect(talk.collector.machine.devices.all.map(\.id) == ["0000:00:03.0"])
    #expect(talk.collector.machine.devices.all.first?.profile.type == .blk)
    // Not a dword at 0xcf8, and not enabled: selects nothing.
    talk.write(0xcf9, 0x10, 1)
    talk.write(0xcf8, 0x0000_2000, 4)
    talk.read(0xcfc, 0x1041_1af4, 4)
    #expect(talk.collector.machine.devices.count == 1)
  }

  @Test func theHostBridgeTellsWhereConfigurationSpaceLies() {
    var talk = PCIConversation()
    talk.slot = 0
    talk.readConfiguration(0, 0x29c0_8086, 4)
    talk.writeConfiguration(0x64, 0, 4)
    talk.writeConfiguration(0x60, 0xb000_0001, 4)
    talk.read(0xb012_8000, 0x1044_1af4, 4)
    #expect(talk.collector.machine.devices.all.map(\.id) == ["0000:01:05.0"])
    talk.read(0xc012_8000, 0x1044, 2)
    #expect(talk.collector.machine.devices.count == 1)
  }

  @Test func anIdAtAPageTellsAWindowNobodyTold() {
    var talk = PCIConversation()
    talk.read(0x3f00_8000, 0x1044_1af4, 4)
    #expect(talk.collector.machine.devices.all.map(\.id) == ["0000:00:01.0"])
  }

  @Test func sizingIsNoAssignment() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.writeConfiguration(0x20, 0xffff_ffff, 4)
    talk.readConfiguration(0x20, 0xffff_c00c, 4)
    talk.writeConfiguration(0x24, 0xffff_ffff, 4)
    talk.readConfiguration(0x24, 0xffff_ffff, 4)
    #expect(talk.texts == [])
    talk.writeConfiguration(0x20, 0xe000_0000, 4)
    talk.writeConfiguration(0x24, 0x8, 4)
    #expect(talk.texts == ["W bar[4] 0xe0000000", "W bar[4] 0x8e0000000"])
    talk.read(common + 0x14, 3, 1)
    talk.read(0x8_e000_0014, 3, 1)
    #expect(talk.texts.dropFirst(2) == ["R status 0x03"])
  }

  @Test func whatIsNotDecodedIsNotThere() {
    var talk = PCIConversation.enumerated()
    talk.writeConfiguration(0x04, 5, 2)
    talk.startListening()
    talk.read(common + 0x14, 3, 1)
    talk.read(0xc012, 3, 1)
    #expect(talk.texts == ["legacy R status 0x03"])
  }

  @Test func capabilitiesAreKnownWhenTheListWasReadToItsEnd() {
    var talk = PCIConversation()
    talk.readConfiguration(0, 0x1001_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.readConfiguration(0x40, 0x5011, 2)
    #expect(talk.profile.hasCommonConfiguration == .unknown)
    #expect(!talk.profile.capabilityListComplete)
    talk.readConfiguration(0x50, 0x0005, 2)
    #expect(talk.profile.hasCommonConfiguration == .no)
    #expect(talk.profile.capabilityListComplete)
    let whole = PCIConversation.enumerated()
    #expect(whole.profile.hasCommonConfiguration == .yes)
    #expect(whole.profile.capabilityListComplete)
  }

  @Test func aListThatRunsInCirclesEnds() {
    var talk = PCIConversation()
    talk.readConfiguration(0, 0x1001_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.readConfiguration(0x40, 0x4005, 2)
    #expect(!talk.profile.capabilityListComplete)
  }

  @Test func selectorsSayWhichWordAndQueue() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.write(common, 1, 4)
    talk.read(common + 4, 0x101, 4)
    talk.write(common + 8, 1, 4)
    talk.write(common + 12, 1, 4)
    talk.write(common + 0x16, 2, 2)
    talk.read(common + 0x18, 256, 2)
    talk.write(common + 0x20, 0x1000, 4)
    talk.write(common + 0x24, 0x2, 4)
    talk.write(common + 0x28, 0x3_0000_1000, 8)
    talk.write(common + 0x1c, 1, 2)
    #expect(
      talk.texts == [
        "W device_feature_select 1", "R device_feature[1] 0x00000101",
        "W driver_feature_select 1", "W driver_feature[1] 0x00000001", "W queue_select 2",
        "R queue[2].size 256", "W queue[2].desc.low 0x1000", "W queue[2].desc.high 0x2",
        "W queue[2].driver 0x300001000 width=8", "W queue[2].enable 1",
      ])
  }

  @Test func aHalfOfAFeatureWordIsKnownAsSuch() {
    var talk = PCIConversation.enumerated()
    talk.write(common, 0, 4)
    talk.read(common + 4, 0x8024, 2)
    let offered = talk.session.offered
    #expect(offered.knows(15))
    #expect(!offered.knows(16))
    #expect(talk.collector.transactions.last?.step.traits.contains(.wrongWidth) == true)
  }

  @Test func oneAccessOverTwoFieldsIsBoth() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.read(common + 0x14, 0x0002_010f, 4)
    #expect(
      talk.texts == [
        "R status 0x0f width=4", "R config_generation 0x01 width=4",
        "R register[0x16:4] 0x00000002 width=4",
      ])
  }

  @Test func aNotificationsPlaceOutweighsItsData() {
    var talk = PCIConversation.enumerated()
    talk.write(common + 0x16, 0, 2)
    talk.read(common + 0x1e, 0, 2)
    talk.write(common + 0x16, 1, 2)
    talk.read(common + 0x1e, 1, 2)
    talk.startListening()
    talk.write(notify, 7, 2)
    talk.write(notify + 4, 1, 2)
    talk.write(notify + 8, 2, 2)
    talk.send(.mmio, notify + 4, 0, 0, [.toDevice, .unknownData])
    #expect(
      talk.texts == [
        "kick queue[0] 0x0007", "kick queue[1] 0x0001 at=0x4", "kick queue[2] 0x0002 at=0x8",
        "kick queue[1] ? at=0x4",
      ])
  }

  @Test func theHeaderGrowsByTheVectors() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.read(0xc014, 0x4000, 4)
    talk.writeConfiguration(0x9a, 0x8003, 2)
    talk.write(0xc014, 0, 2)
    talk.read(0xc018, 0x4000, 4)
    talk.write(0xc008, 0x3fdd, 4)
    talk.write(0xc010, 0, 2)
    #expect(
      talk.texts == [
        "legacy R config[0x00:4] 0x00004000", "W msix_control 0x8003",
        "legacy W config_vector 0x0", "legacy R config[0x00:4] 0x00004000",
        "legacy W queue[0].pfn 0x3fdd", "legacy kick queue[0] 0x0000",
      ])
    #expect(talk.session.queues.first?.descriptors == 0x3fdd_000)
  }

  @Test func theWindowLeadsToTheStructure() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.writeConfiguration(0x88, 4, 1)
    talk.writeConfiguration(0x8c, 0x14, 4)
    talk.writeConfiguration(0x90, 1, 4)
    talk.writeConfiguration(0x94, 3, 1)
    // The device's own log tells that access again.
    talk.write(common + 0x14, 3, 1)
    talk.read(common + 0x14, 3, 1)
    #expect(talk.texts == ["W window[4:0x14:1] 0x03", "W status 0x03 window", "R status 0x03"])
  }

  @Test func messagesAreTracedToTheirQueue() {
    var talk = PCIConversation.enumerated()
    talk.writeConfiguration(0x9a, 0x8003, 2)
    for (vector, data) in [(0, 0x4021), (1, 0x4022), (2, 0x4023)] as [(UInt64, UInt64)] {
      talk.write(0xfd00_0000 + vector * 16, 0xfee0_1000, 4)
      talk.write(0xfd00_0004 + vector * 16, 0, 4)
      talk.write(0xfd00_0008 + vector * 16, data, 4)
      talk.write(0xfd00_000c + vector * 16, 0, 4)
    }
    talk.write(common + 0x10, 0, 2)
    talk.write(common + 0x16, 0, 2)
    talk.write(common + 0x1a, 1, 2)
    talk.startListening()
    talk.send(.interrupt, 0xfee0_1000, 0x22, 4, [], code: 1)
    talk.send(.interrupt, 0xfee0_1000, 0x4021, 4, [], code: 1)
    talk.send(.interrupt, 0xfee0_1000, 0x23, 4, [], code: 1)
    talk.send(.interrupt, 0xfee0_1000, 0x99, 4, [], code: 1)
    // Masked: whoever sends that now is somebody else.
    talk.write(0xfd00_001c, 1, 4)
    talk.send(.interrupt, 0xfee0_1000, 0x22, 4, [], code: 1)
    #expect(
      talk.texts == ["irq queue[0]", "irq config", "irq unknown", "W msix_entry[1] 0x1 byte=12"])
  }

  @Test func aSharedLineIsNobodys() {
    var talk = PCIConversation.enumerated(table: false)
    talk.readConfiguration(0x3d, 1, 1)
    talk.writeConfiguration(0x3c, 10, 1)
    talk.startListening()
    talk.send(.interrupt, 10, 1, 1, [], code: 0)
    talk.send(.interrupt, 10, 1, 1, [], code: 0)
    #expect(talk.texts == ["irq unknown"])
    talk.slot = 4
    talk.readConfiguration(0, 0x2922_8086, 4)
    talk.readConfiguration(0x3d, 1, 1)
    talk.writeConfiguration(0x3c, 10, 1)
    talk.send(.interrupt, 10, 0, 1, [], code: 0)
    talk.send(.interrupt, 10, 1, 1, [], code: 0)
    #expect(talk.texts == ["irq unknown"])
  }

  @Test func whatLiesBehindABridgeMovesWithItsBus() {
    var talk = PCIConversation()
    talk.slot = 2
    talk.readConfiguration(0, 0x000c_1b36, 4)
    talk.readConfiguration(0x0e, 1, 1)
    talk.writeConfiguration(0x18, 0x0001_0100, 4)
    talk.slot = 0x20
    talk.readConfiguration(0, 0x1042_1af4, 4)
    #expect(talk.collector.machine.devices.all.map(\.id) == ["0000:01:00.0"])
    talk.slot = 2
    talk.writeConfiguration(0x18, 0, 4)
    talk.writeConfiguration(0x18, 0x0005_0500, 4)
    talk.slot = 0xa0
    talk.readConfiguration(0, 0x1042_1af4, 4)
    #expect(talk.collector.machine.devices.all.map(\.id) == ["0000:05:00.0"])
  }

  @Test func hintsFillWhatALateRecordingCannotShow() {
    var talk = PCIConversation()
    var hint = DeviceHint(transport: .pci)
    hint.id = "0000:00:03.0"
    hint.deviceID = 2
    hint.bars = [.init(index: 4, address: 0xfe00_0000, size: 0x4000, isIO: false)]
    hint.capabilities = [
      .init(type: "common", bar: 4, offset: 0, length: 0x1000, multiplier: nil),
      .init(type: "notify", bar: 4, offset: 0x3000, length: 0x1000, multiplier: 4),
    ]
    talk.collector.machine.take(hint)
    talk.read(common + 0x14, 0xf, 1)
    // Nobody saw what is selected.
    talk.read(common + 4, 0x24, 4)
    talk.write(notify + 4, 1, 2)
    #expect(
      talk.texts == [
        "R status 0x0f", "R register[0x04:4] 0x00000024", "kick queue[1] 0x0001 at=0x4",
      ])
    #expect(talk.profile.fromHint)
    #expect(talk.profile.type == .blk)
  }

  @Test func regionNamesAreTheLastResort() {
    var talk = PCIConversation()
    let name = Array("virtio-pci-common-virtio-net".utf8)
    talk.collector.receive(
      Access(kind: .hostRegion, record: 1, time: 1, location: 1, address: 0xfe00_0016, code: 1),
      bytes: name)
    talk.send(.mmio, 0xfe00_0016, 1, 2, .toDevice, code: 1)
    talk.send(.mmio, 0xfe00_3004, 1, 2, .toDevice, code: 2)
    #expect(talk.texts == ["W queue_select 1", "kick queue[1] 0x0001 at=0x4"])
    #expect(talk.collector.machine.devices.all.map(\.id) == ["pci@0xfe000000"])
    #expect(talk.profile.type == .net)
  }

  @Test func neighboursWithOneNameAreToldByTheirRegions() {
    var talk = PCIConversation()
    for (region, port) in [(1, 0xc012), (2, 0xc092)] as [(UInt32, UInt64)] {
      talk.collector.receive(
        Access(
          kind: .hostRegion, record: 1, time: 1, location: 1, address: port, code: region),
        bytes: Array("virtio-pci".utf8))
      talk.send(.portIO, port, 0, 1, .toDevice, code: region)
    }
    talk.send(.portIO, 0xc012, 1, 1, .toDevice, code: 1)
    talk.send(.portIO, 0xc090, 1, 2, .toDevice, code: 2)
    #expect(talk.collector.texts(of: 0) == ["legacy W status 0x00", "legacy W status 0x01"])
    #expect(
      talk.collector.texts(of: 1) == ["legacy W status 0x00", "legacy kick queue[1] 0x0001"])
  }

  @Test func theLaterMappingWins() {
    var talk = PCIConversation.enumerated()
    talk.slot = 4
    talk.readConfiguration(0, 0x1041_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.capability(0x40, next: 0, type: 1)
    talk.readConfiguration(0x20, 0xfe00_000c, 4)
    talk.startListening()
    talk.read(common + 0x14, 0, 1)
    talk.read(notify - 0x1000, 0, 1)
    #expect(talk.collector.transactions.map(\.device) == [1, 0])
  }
}

extension PCIConversation {
  var profile: DeviceProfile { collector.machine.devices[0].profile }
  var session: Session { collector.machine.devices[0].current }
}
