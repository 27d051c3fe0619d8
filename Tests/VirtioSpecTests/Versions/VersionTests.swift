import Testing
import VirtioSpec

/// What each version of the specification has.
@Suite struct VersionTests {
  @Test(arguments: [
    (31, SpecVersion.v1_0, true), (33, .v1_0, true), (34, .v1_0, true), (34, .v1_1, false),
    (38, .v1_1, false), (39, .v1_1, true), (40, .v1_2, false), (41, .v1_2, true),
    (41, .v1_3, false), (43, .v1_3, true), (43, .v1_4, false), (50, .v1_1, true),
    (50, .v1_2, false), (42, .v1_3, true), (42, .v1_4, false), (128, .v1_4, true),
  ])
  func reservesBits(bit: Int, version: SpecVersion, isReserved: Bool) {
    #expect(FeatureCatalogue.isReserved(bit, legacy: true, in: version) == isReserved)
  }

  @Test func legacyBitsAreReservedWithoutTheLegacyInterface() {
    #expect(FeatureCatalogue.isReserved(24, legacy: false, in: .v1_0))
    #expect(!FeatureCatalogue.isReserved(24, legacy: true, in: .v1_0))
    #expect(!FeatureCatalogue.isReserved(28, legacy: false, in: .v1_0))
  }

  @Test(arguments: SpecVersion.allCases)
  func featuresAppearOnce(version: SpecVersion) {
    for type in DeviceType.all {
      for feature in FeatureCatalogue.features(of: type) {
        let isThere =
          FeatureCatalogue.feature(feature.bit, of: type, legacy: false, in: version) != nil
        #expect(isThere == (feature.introducedIn ?? .v1_0 <= version))
      }
    }
  }

  @Test func latestIsTheWholeCatalogue() {
    for bit in 0..<200 {
      #expect(
        FeatureCatalogue.isReserved(bit, legacy: false, in: .latest)
          == FeatureCatalogue.isReserved(bit, legacy: false))
      #expect(
        FeatureCatalogue.isDeviceSpecific(bit, in: .latest)
          == FeatureCatalogue.isDeviceSpecific(bit))
    }
  }

  @Test(arguments: [
    (DeviceType.input, SpecVersion.v1_0, SpecVersion.v1_1), (.crypto, .v1_1, .v1_1),
    (.fs, .v1_2, .v1_2), (.can, .v1_2, .v1_4), (.rtc, .v1_0, .v1_4), (.media, .v1_4, .v1_4),
    (.spi, .v1_3, .v1_4), (.iommu, .v1_1, .v1_2),
  ])
  func typesAreListedThenDescribed(type: DeviceType, listed: SpecVersion, described: SpecVersion) {
    for version in SpecVersion.allCases {
      #expect(type.isKnown(in: version) == (listed <= version))
      #expect(type.isSpecified(in: version) == (described <= version))
    }
  }

  @Test func configurationGrows() {
    // writeback is the last field of 1.0, at offset 32.
    #expect(DeviceType.blk.configSize(in: .v1_0) == 33)
    #expect(DeviceType.blk.configField(at: 34, in: .v1_1)?.field == nil)
    #expect(DeviceType.blk.configField(at: 34, in: .v1_2)?.field.name == "num_queues")
    for type in DeviceType.all {
      #expect(type.configFields(in: .latest) == type.configFields)
      let sizes = SpecVersion.allCases.map(type.configSize(in:))
      #expect(sizes == sizes.sorted() && sizes.last == type.configSize)
    }
  }

  @Test func transportsGrow() {
    #expect(DeviceStatus.defined(in: .v1_4) == DeviceStatus.defined)
    #expect(DeviceStatus.defined(in: .v1_3) == DeviceStatus.defined.subtracting(.suspend))
    #expect(CCWConstants.highestRevision(in: .v1_0) == 1)
    #expect(CCWConstants.highestRevision(in: .v1_1) == 2)
    #expect(PCICapabilityType.sharedMemory.introducedIn == .v1_2)
    #expect(PCICapabilityType.common.introducedIn == .v1_0)
    #expect(MMIORegister.queueReset.introducedIn == .v1_2)
    #expect(MMIORegister.configGeneration.introducedIn == .v1_0)
  }
}
