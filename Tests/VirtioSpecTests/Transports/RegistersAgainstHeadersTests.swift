import Testing
import VirtioSpec

/// Registers against the offsets in Linux's headers.
@Suite struct RegistersAgainstHeadersTests {
  @Test func commonConfiguration() throws {
    let constants = try CHeader.constants("virtio_pci")
    let names: [(String, CommonConfigurationField)] = [
      ("DFSELECT", .deviceFeatureSelect), ("DF", .deviceFeature),
      ("GFSELECT", .driverFeatureSelect), ("GF", .driverFeature), ("MSIX", .configMsixVector),
      ("NUMQ", .numQueues), ("STATUS", .deviceStatus), ("CFGGENERATION", .configGeneration),
      ("Q_SELECT", .queueSelect), ("Q_SIZE", .queueSize), ("Q_MSIX", .queueMsixVector),
      ("Q_ENABLE", .queueEnable), ("Q_NOFF", .queueNotifyOff), ("Q_DESCLO", .queueDesc),
      ("Q_AVAILLO", .queueDriver), ("Q_USEDLO", .queueDevice),
      ("Q_NDATA", .queueNotifConfigData), ("Q_RESET", .queueReset),
    ]
    for (name, field) in names {
      #expect(constants["VIRTIO_PCI_COMMON_\(name)"] == field.offset, "\(name)")
    }
  }

  /// Widths too: the structure of the header, member by member.
  @Test func commonConfigurationStructure() throws {
    let structure = try CStructure(
      "virtio_pci_common_cfg", in: CHeader.text("virtio_pci"), constants: [:])
    #expect(structure.size == PCIConstants.commonConfigurationMinimumSize)
    for leaf in structure.leaves {
      let (field, byte) = try #require(CommonConfigurationField.covering(leaf.offset))
      // The header has the three addresses as two halves each.
      let isHalf = field.width == 8
      #expect(isHalf ? leaf.width == 4 : leaf.width == field.width, "\(leaf)")
      #expect(isHalf ? byte % 4 == 0 : byte == 0, "\(leaf)")
    }
  }

  @Test func legacyHeader() throws {
    let constants = try CHeader.constants("virtio_pci")
    let names: [(String, LegacyHeaderField)] = [
      ("VIRTIO_PCI_HOST_FEATURES", .deviceFeatures),
      ("VIRTIO_PCI_GUEST_FEATURES", .driverFeatures), ("VIRTIO_PCI_QUEUE_PFN", .queueAddress),
      ("VIRTIO_PCI_QUEUE_NUM", .queueSize), ("VIRTIO_PCI_QUEUE_SEL", .queueSelect),
      ("VIRTIO_PCI_QUEUE_NOTIFY", .queueNotify), ("VIRTIO_PCI_STATUS", .deviceStatus),
      ("VIRTIO_PCI_ISR", .isrStatus), ("VIRTIO_MSI_CONFIG_VECTOR", .configMsixVector),
      ("VIRTIO_MSI_QUEUE_VECTOR", .queueMsixVector),
    ]
    for (name, field) in names { #expect(constants[name] == field.offset, "\(name)") }
    #expect(constants["VIRTIO_MSI_NO_VECTOR"] == Int(PCIConstants.noVector))
  }

  @Test func capabilityTypes() throws {
    let constants = try CHeader.constants("virtio_pci")
    for type in PCICapabilityType.allCases where type != .vendor {
      #expect(constants[type.name] == Int(type.rawValue), "\(type.name)")
    }
  }

  /// `VIRTIO_MMIO_QUEUE_DESC_LOW` is `QueueDescLow`; the driver's and the device's area still have
  /// the names of 1.0 there, and the size its name of before 1.3.
  @Test func mmio() throws {
    let older = [
      "QUEUENUMMAX": "QUEUESIZEMAX", "QUEUENUM": "QUEUESIZE",
      "QUEUEAVAILLOW": "QUEUEDRIVERLOW", "QUEUEAVAILHIGH": "QUEUEDRIVERHIGH",
      "QUEUEUSEDLOW": "QUEUEDEVICELOW", "QUEUEUSEDHIGH": "QUEUEDEVICEHIGH",
    ]
    var ours: [String: Int] = [:]
    for register in LegacyMMIORegister.allCases {
      ours[register.name.uppercased()] = register.offset
    }
    for register in MMIORegister.allCases { ours[register.name.uppercased()] = register.offset }
    var compared = 0
    for (name, value) in try CHeader.constants("virtio_mmio") {
      let tail = name.replacing("VIRTIO_MMIO_", with: "").replacing("_", with: "")
      guard let offset = ours[older[tail] ?? tail] else { continue }
      #expect(offset == value, "\(name)")
      compared += 1
    }
    #expect(compared >= 30)
    let constants = try CHeader.constants("virtio_mmio")
    #expect(constants["VIRTIO_MMIO_CONFIG"] == MMIOConstants.configOffset)
    #expect(constants["VIRTIO_MMIO_INT_VRING"] == Int(MMIOConstants.interruptUsedBuffer))
    #expect(constants["VIRTIO_MMIO_INT_CONFIG"] == Int(MMIOConstants.interruptConfiguration))
  }

  @Test func statusBits() throws {
    let constants = try CHeader.constants("virtio_config")
    let names: [(String, DeviceStatus)] = [
      ("ACKNOWLEDGE", .acknowledge), ("DRIVER", .driver), ("DRIVER_OK", .driverOK),
      ("FEATURES_OK", .featuresOK), ("NEEDS_RESET", .needsReset), ("FAILED", .failed),
    ]
    for (name, status) in names {
      #expect(constants["VIRTIO_CONFIG_S_\(name)"] == Int(status.rawValue), "\(name)")
    }
  }
}
