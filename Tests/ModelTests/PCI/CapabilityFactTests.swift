import Testing

@testable import Model

/// Capabilities that locate no register: shared memory (64-bit) and vendors' data.
@Suite struct CapabilityFactTests {
  @Test func sharedMemoryAndVendorDataAreTold() {
    var talk = PCIConversation()
    talk.readConfiguration(0x00, 0x105a_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    // virtio_pci_cap64: region 3 in BAR 2, 4 GiB from 0x1_0000_1000 on.
    talk.readConfiguration(0x40, 0x0818_5809, 4)
    talk.readConfiguration(0x44, 0x0000_0302, 4)
    talk.readConfiguration(0x48, 0x0000_1000, 4)
    talk.readConfiguration(0x4c, 0, 4)
    talk.readConfiguration(0x50, 1, 4)
    #expect(talk.remarks.count == 1)
    talk.readConfiguration(0x54, 1, 4)
    talk.readConfiguration(0x58, 0x0908_0009, 4)
    talk.readConfiguration(0x5c, 0x8086, 2)
    #expect(
      talk.remarks.dropFirst() == [
        "record 9: shared memory region 3: BAR 2, offset 0x100001000, length 0x100000000",
        "record 11: data of vendor 0x8086 at register 88",
      ])
    // Read again: nothing new.
    talk.readConfiguration(0x54, 1, 4)
    #expect(talk.remarks.count == 3)
  }

  @Test func idsOfRegionsAreKnown() {
    var talk = PCIConversation()
    talk.readConfiguration(0x00, 0x105a_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.readConfiguration(0x40, 0x0818_5809, 4)
    // The first id was not read: it may be any, and the list is not known whole.
    talk.readConfiguration(0x58, 0x0818_0009, 4)
    talk.readConfiguration(0x5c, 0x0000_0002, 4)
    #expect(talk.profile.sharedMemory.contains(0) && !talk.profile.sharedMemory.contains(254))
    #expect(!talk.profile.capabilityListComplete)
    talk.readConfiguration(0x44, 0x0000_fe02, 4)
    #expect(talk.profile.sharedMemory.contains(254))
    #expect(!talk.profile.sharedMemory.contains(62))
    #expect(talk.profile.capabilityListComplete)
    #expect(talk.profile.sharedMemory.first { $0 > 0 } == 254)
  }
}

extension PCIConversation {
  var remarks: [String] { collector.machine.devices.all.first?.remarks ?? [] }
}
