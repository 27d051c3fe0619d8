import Model
import VirtioSpec

/// Spec: 4.1.2.1. Judged where something else than the ids says that this is a virtio device: a
/// hint, or the device's own log.
enum IDVendor: IdentityRow {
  static let id = "pci.id.vendor"
  static let moment = Transaction.Kind.pciIdentity

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard identity.vendor != PCIConstants.vendorID else { return .held }
    return .broken(
      "device has the PCI vendor id \(hex(identity.vendor, digits: 4)) instead of 0x1af4")
  }
}

/// Spec: 4.1.2.1. Traps: legacy devices before 1.0 used further ids, so only a device with a
/// common configuration is bound; a later version may give a type that has none now.
enum IDDevice: IdentityRow {
  static let id = "pci.id.device"
  static let moment = Transaction.Kind.pciCapabilitiesEnd

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard identity.vendor == PCIConstants.vendorID, layout.first(.common) != nil else {
      return .silent
    }
    let id = identity.device
    let number = hex(id, digits: 4)
    if let type = DeviceType.modern(pciDeviceID: id), id != 0x1040 {
      if type.isKnown(in: spec) { return .held }
      if spec == .latest { return .undecidable(.newerSpecification) }
      return .broken(
        "device has the PCI device id \(number), which stands for no device type in virtio \(spec)")
    }
    guard DeviceType.transitional(pciDeviceID: id) == nil else { return .held }
    return .broken("device has the PCI device id \(number), which stands for no device type")
  }
}

/// Spec: 4.1.2.1. Traps: an I/O BAR 0 that nobody placed is still one, and so is that of a
/// transitional device behind a bridge without I/O space.
enum IDNtDeviceID: IdentityRow {
  static let id = "pci.id.nt-device-id"
  static let moment = Transaction.Kind.pciCapabilitiesEnd

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard layout.first(.common) != nil else { return .silent }
    guard identity.isTransitional else { return .held }
    guard let bar = layout.bar(0) else { return .undecidable(.topologyNotRecorded) }
    guard bar.kind != .io else { return .silent }
    return .broken(
      "device has no legacy interface in an I/O BAR 0, and yet the transitional PCI device id "
        + hex(identity.device, digits: 4))
  }
}

/// Spec: 4.1.2.1
enum IDNtRevision: IdentityRow {
  static let id = "pci.id.nt-revision"
  static let moment = Transaction.Kind.pciIdentity

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard !identity.isTransitional, let revision = identity.revision else { return .silent }
    guard revision == 0 else { return .held }
    return .broken(
      "device with the non-transitional PCI device id \(hex(identity.device, digits: 4)) has "
        + "revision 0")
  }
}

/// Spec: 4.1.2.1
enum IDNtSubsystem: IdentityRow {
  static let id = "pci.id.nt-subsystem"
  static let moment = Transaction.Kind.pciIdentity

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard !identity.isTransitional, let subsystem = identity.subsystemDevice else {
      return .silent
    }
    guard subsystem < 0x40 else { return .held }
    return .broken(
      "device with the non-transitional PCI device id \(hex(identity.device, digits: 4)) has the "
        + "subsystem device id \(hex(subsystem, digits: 4))")
  }
}

/// Spec: 4.1.2
enum IDRange: IdentityRow {
  static let id = "pci.id.range"
  static let coveredBy = ["pci.common.dev-cap-present"]
  static let moment = Transaction.Kind.pciCapabilitiesEnd

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard identity.vendor == PCIConstants.vendorID, (0x1000...0x107f).contains(identity.device)
    else { return .silent }
    guard layout.capabilities.isEmpty else { return .held }
    // Only a device with a transitional id can do without capabilities, as a legacy device.
    if identity.isTransitional {
      guard let bar = layout.bar(0) else { return .undecidable(.topologyNotRecorded) }
      guard bar.kind != .io else { return .held }
    }
    return .broken(
      "device has the ids of a virtio device, 0x1af4 and \(hex(identity.device, digits: 4)), and "
        + "neither virtio capabilities nor a legacy interface")
  }
}

/// Spec: 4.1.4.11. Bound are devices with the ids of a legacy device that existed.
enum NtDevDecoyIOBar: IdentityRow {
  static let id = "pci.nt.dev-decoy-io-bar"
  static let moment = Transaction.Kind.pciCapabilitiesEnd

  static func judge(_ identity: PCIIdentity, in layout: PCILayout, by spec: SpecVersion)
    -> Judgement
  {
    guard DeviceType.transitional(pciDeviceID: identity.device) != nil, identity.revision == 0,
      layout.first(.common) != nil
    else { return .silent }
    guard let bar = layout.bar(0) else { return .undecidable(.topologyNotRecorded) }
    guard bar.kind != .io else { return .held }
    return .broken(
      "device with the PCI device id \(hex(identity.device, digits: 4)) and revision 0 of a legacy "
        + "device has no I/O BAR 0 to make a legacy driver fail")
  }
}
