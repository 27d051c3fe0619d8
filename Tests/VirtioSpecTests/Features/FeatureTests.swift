import Testing
import VirtioSpec

@Suite struct FeatureTests {
  @Test func everyRequirementIsAFeatureOfTheSameType() {
    var terms = 0
    for type in DeviceType.all {
      let known = Set(FeatureCatalogue.features(of: type).map(\.bit))
      for feature in FeatureCatalogue.features(of: type) {
        for term in feature.requires {
          #expect(!term.isEmpty, "\(feature.name)")
          #expect(known.isSuperset(of: term), "\(feature.name)")
          #expect(!term.contains(feature.bit), "\(feature.name)")
          terms += 1
        }
      }
    }
    #expect(terms > 30)
  }

  @Test func requirementsKeepAndAndOr() throws {
    let tunnel = try #require(FeatureCatalogue.feature(51, of: .net, legacy: false))
    #expect(tunnel.name == "VIRTIO_NET_F_HASH_TUNNEL")
    #expect(tunnel.requires == [[17], [60, 57]])
    #expect(FeatureCatalogue.feature(13, of: .net, legacy: false)?.requires == [[11, 12]])
    #expect(FeatureCatalogue.feature(5, of: .net, legacy: false)?.requires == [])
  }

  @Test func bitsAreUniqueWithinAType() {
    for type in DeviceType.all {
      let bits = FeatureCatalogue.features(of: type).map(\.bit)
      #expect(Set(bits).count == bits.count, "\(type)")
      #expect(bits == bits.sorted(), "\(type)")
    }
  }

  @Test func namesComeWithAndWithoutPrefix() {
    #expect(FeatureCatalogue.name(5, of: .net, legacy: false) == "VIRTIO_NET_F_MAC")
    #expect(FeatureCatalogue.feature(5, of: .net, legacy: false)?.shortName == "MAC")
    #expect(FeatureCatalogue.feature(32, of: .rng, legacy: false)?.shortName == "VERSION_1")
    #expect(FeatureCatalogue.name(47, of: .net, legacy: false) == "bit 47")
    #expect(FeatureCatalogue.name(5, of: .rng, legacy: false) == "bit 5")
    #expect(FeatureCatalogue.name(-3, of: .net, legacy: false) == "bit -3")
  }

  @Test func featuresKnowTheirVersion() {
    #expect(FeatureCatalogue.feature(5, of: .net, legacy: false)?.introducedIn == .v1_0)
    #expect(FeatureCatalogue.feature(12, of: .blk, legacy: false)?.introducedIn == .v1_2)
    #expect(FeatureCatalogue.feature(34, of: .blk, legacy: false)?.introducedIn == .v1_1)
    #expect(FeatureCatalogue.feature(43, of: .blk, legacy: false)?.introducedIn == .v1_4)
    #expect(DeviceType.blk.configField(named: "num_queues")?.introducedIn == .v1_2)
    #expect(DeviceType.blk.configField(named: "capacity")?.introducedIn == .v1_0)
  }

  @Test func bitFortyOneDependsOnTheDevice() {
    #expect(FeatureCatalogue.name(41, of: .net, legacy: false) == "VIRTIO_NET_F_GUEST_RSC4")
    #expect(FeatureCatalogue.name(41, of: .blk, legacy: false) == "VIRTIO_F_ADMIN_VQ")
    #expect(FeatureCatalogue.supported(41, on: .mmio, of: .net))
    #expect(!FeatureCatalogue.supported(41, on: .mmio, of: .blk))
  }

  @Test func legacyInterfaceHasItsOwnNames() {
    #expect(FeatureCatalogue.name(9, of: .blk, legacy: false) == "VIRTIO_BLK_F_FLUSH")
    #expect(FeatureCatalogue.name(9, of: .blk, legacy: true) == "VIRTIO_BLK_F_WCE")
    #expect(FeatureCatalogue.feature(27, of: .blk, legacy: true)?.legacyOnly == true)
  }

  @Test func reservedBits() {
    for bit in [25, 26, 31, 44, 49, 128, 500] {
      #expect(FeatureCatalogue.isReserved(bit, legacy: false), "\(bit)")
      #expect(FeatureCatalogue.isReserved(bit, legacy: true), "\(bit)")
    }
    for bit in [0, 23, 28, 32, 40, 41, 42, 43, 50, 127] {
      #expect(!FeatureCatalogue.isReserved(bit, legacy: false), "\(bit)")
    }
    for bit in [24, 27, 30] {
      #expect(FeatureCatalogue.isReserved(bit, legacy: false), "\(bit)")
      #expect(!FeatureCatalogue.isReserved(bit, legacy: true), "\(bit)")
    }
  }

  @Test func transportsLackSomeFeatures() {
    #expect(FeatureCatalogue.supported(40, on: .pci) && FeatureCatalogue.supported(40, on: .mmio))
    #expect(!FeatureCatalogue.supported(40, on: .ccw))
    #expect(FeatureCatalogue.supported(41, on: .pci) && !FeatureCatalogue.supported(41, on: .ccw))
    #expect(FeatureCatalogue.supported(37, on: .pci) && !FeatureCatalogue.supported(37, on: .mmio))
    #expect(FeatureCatalogue.supported(0, on: .pci, of: .pmem))
    #expect(!FeatureCatalogue.supported(0, on: .ccw, of: .pmem))
  }
}
