import Testing
import VirtioSpec

@Suite struct DeviceTests {
  @Test func knowsItsNames() {
    #expect(DeviceType.blk.name == "blk")
    #expect(DeviceType.blk.title == "block device")
    #expect(DeviceType.blk.isSpecified)
    #expect(DeviceType.named("vsock") == .vsock)
    #expect(DeviceType.named("vsocks") == nil)
    let unknown = DeviceType(rawValue: 4711)
    #expect(unknown.name == "device-4711")
    #expect(!unknown.isKnown && !unknown.isSpecified)
    #expect(DeviceType.usb.isKnown && !DeviceType.usb.isSpecified)
  }

  @Test func namesAndNumbersAreUnique() {
    #expect(Set(DeviceType.all.map(\.name)).count == DeviceType.all.count)
    #expect(Set(DeviceType.all.map(\.rawValue)).count == DeviceType.all.count)
  }

  @Test func pciIDsGoBothWays() {
    #expect(DeviceType.net.transitionalPCIID == 0x1000)
    #expect(DeviceType.transitional(pciDeviceID: 0x1002) == .balloon)
    #expect(DeviceType.transitional(pciDeviceID: 0x1041) == nil)
    #expect(DeviceType.modern(pciDeviceID: 0x1041) == .net)
    #expect(DeviceType.modern(pciDeviceID: 0x1000) == nil)
    #expect(DeviceType.modern(pciDeviceID: 0x1080) == nil)
    #expect(DeviceType.fs.modernPCIID == 0x105a)
    #expect(DeviceType(rawValue: 0x40).modernPCIID == nil)
  }

  @Test func findsConfigFieldsByOffset() throws {
    let mac = try #require(DeviceType.net.configField(at: 4))
    #expect(mac.field.name == "mac" && mac.element == 4 && mac.byteInElement == 0)
    let capacity = try #require(DeviceType.blk.configField(at: 5))
    #expect(capacity.field.name == "capacity" && capacity.byteInElement == 5)
    #expect(DeviceType.rng.configField(at: 0) == nil)
    #expect(DeviceType.net.configField(at: -1) == nil)
    #expect(DeviceType.net.configField(at: DeviceType.net.configSize) == nil)
  }

  @Test func configFieldsFillTheirStructure() {
    for type in DeviceType.all {
      let end = type.configFields.map { $0.offset + $0.byteCount }.max() ?? 0
      #expect(end == type.configSize, "\(type)")
      var last = 0
      for field in type.configFields where field.unionMember == nil {
        #expect(field.offset == last, "\(type) \(field.name)")
        last = field.offset + field.byteCount
      }
    }
  }

  @Test func configFieldsNameTheirFeature() throws {
    let field = try #require(DeviceType.net.configField(named: "max_virtqueue_pairs"))
    #expect(field.onlyIf == [22, 60])
    let known = Set(FeatureCatalogue.features(of: .net).map(\.bit))
    #expect(DeviceType.net.configFields.allSatisfy { known.isSuperset(of: $0.onlyIf) })
  }

  @Test func onlyTheBalloonIsLittleEndianThroughTheLegacyInterface() {
    #expect(DeviceType.all.filter(\.legacyConfigIsLittleEndian) == [.balloon])
  }

  @Test func statusNamesItsBits() {
    #expect(DeviceStatus(rawValue: 0x03).describing == "ACKNOWLEDGE|DRIVER")
    #expect(DeviceStatus(rawValue: 0).describing == "0")
    #expect(DeviceStatus(rawValue: 0xe0).names == ["bit 5", "DEVICE_NEEDS_RESET", "FAILED"])
    #expect(DeviceStatus.defined.rawValue == 0xdf)
    #expect(DeviceStatus.suspend.names == ["SUSPEND"])
  }

  @Test func versionsAreOrderedAndParsed() {
    #expect(SpecVersion.allCases.sorted() == SpecVersion.allCases)
    #expect(SpecVersion("1.2") == .v1_2)
    #expect(SpecVersion("before 1.0") == .v1_0)
    #expect(SpecVersion("1.5") == nil && SpecVersion("") == nil)
    for version in SpecVersion.allCases { #expect(SpecVersion(version.description) == version) }
  }
}
