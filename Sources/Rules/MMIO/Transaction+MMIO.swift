import Model
import VirtioSpec

extension Transaction {
  /// Offset of the register of virtio-mmio that the step touched; nil for what touched none.
  var mmioRegister: UInt32? {
    switch kind {
    case .readRegister, .writeRegister: index
    case .writeQueueAddress: 0x80 + min(index, 2) * 0x10 + (mask & 0xffff_ffff == 0 ? 4 : 0)
    default: Self.mmioRegisters[kind]
    }
  }

  private static let mmioRegisters: [Kind: UInt32] = [
    .readMagic: 0x00, .readVersion: 0x04, .readDeviceID: 0x08, .readVendorID: 0x0c,
    .readDeviceFeatures: 0x10, .selectDeviceFeatures: 0x14, .writeDriverFeatures: 0x20,
    .selectDriverFeatures: 0x24, .writeGuestPageSize: 0x28, .selectQueue: 0x30,
    .readQueueSize: 0x34, .writeQueueSize: 0x38, .writeQueueAlign: 0x3c, .readQueuePFN: 0x40,
    .writeQueuePFN: 0x40, .readQueueEnable: 0x44, .writeQueueEnable: 0x44, .kick: 0x50,
    .readISR: 0x60, .acknowledgeInterrupt: 0x64, .readStatus: 0x70, .writeStatus: 0x70,
    .readQueueReset: 0xc0, .writeQueueReset: 0xc0, .readConfigGeneration: 0xfc,
  ]

  /// The driver read this from the device.
  var isReadOfDriver: Bool { kind == .readRegister || mmioRegister != nil && !isWriteOfMMIO }

  /// The driver wrote a register of virtio-mmio, or the device configuration.
  var isWriteOfMMIO: Bool {
    switch kind {
    case .writeGuestPageSize, .writeQueueAlign, .acknowledgeInterrupt: true
    default: isWriteOfDriver
    }
  }

  /// The step tells whether there is a device, and which.
  var isIdentification: Bool {
    switch kind {
    case .readMagic, .readVersion, .readDeviceID, .readVendorID: true
    default: false
    }
  }
}

/// A register of virtio-mmio as one of the two versions of its map has it.
struct MMIORegisterFacts {
  var name: String
  var access: RegisterAccess

  /// The register at `offset`, nil where that version of the map, as `spec` has it, has none.
  init?(_ offset: UInt32, version: UInt32, in spec: SpecVersion = .latest) {
    if version == 1 {
      guard let found = LegacyMMIORegister.covering(Int(offset))?.register else { return nil }
      self.init(found)
    } else {
      guard let found = MMIORegister.covering(Int(offset))?.register, found.introducedIn <= spec
      else { return nil }
      self.init(found)
    }
  }

  private init(_ register: some Register) {
    name = register.name
    access = register.access
  }
}
