import VirtioSpec

extension Machine {
  /// What is known of the devices, for a recording that begins here.
  public var hints: [DeviceHint] {
    pci.hints(devices) + mmio.hints(devices) + ccw.hints(devices)
  }
}

extension PCITransport {
  fileprivate func hints(_ devices: DeviceTable) -> [DeviceHint] {
    functions.filter { $0.device >= 0 }.map { $0.hint(devices[$0.device]) }
  }
}

extension PCIFunction {
  fileprivate func hint(_ device: Device) -> DeviceHint {
    var hint = DeviceHint(transport: .pci)
    // An address that was invented is no name.
    hint.id = address < 0xfff0_0000 ? name : device.id
    hint.deviceID = device.profile.type?.rawValue
    for index in 0..<6 {
      guard let place = placement(of: index) else { continue }
      hint.bars.append(
        DeviceHint.BAR(index: index, address: place.base, size: place.size, isIO: place.isIO))
    }
    for structure in structures {
      guard let type = structure.kind.hintName else { continue }
      hint.capabilities.append(
        DeviceHint.Capability(
          type: type, bar: Int(structure.bar), offset: structure.offset, length: structure.length,
          multiplier: structure.kind == .notify
            ? UInt32(exactly: structure.multiplier) : nil))
    }
    return hint
  }
}

extension PCIStructure.Kind {
  /// What the encapsulation calls it; nil for what a hint does not tell.
  fileprivate var hintName: String? {
    switch self {
    case .common: "common"
    case .notify: "notify"
    case .isr: "isr"
    case .device: "device"
    case .legacyHeader, .messageTable, .reserved, .several, .outside: nil
    }
  }
}

extension CCWTransport {
  fileprivate func hints(_ devices: DeviceTable) -> [DeviceHint] {
    subchannels.filter { $0.device >= 0 }.map { subchannel in
      var hint = DeviceHint(transport: .ccw)
      hint.id = subchannel.hintedID
      hint.deviceID = devices[subchannel.device].profile.type?.rawValue
      hint.subchannel = subchannel.address
      hint.devno = subchannel.number
      return hint
    }
  }
}
