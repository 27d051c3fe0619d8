import Model
import VirtioSpec

/// Spec: 4.1.4, struct virtio_pci_cap and its extensions. Traps: vendors' data has a layout of its
/// own, and may be shorter.
enum CapLenMin: CapabilityRow {
  static let id = "pci.cap.len-min"
  static let coveredBy = ["pci.cap.dev-len-covers-extra"]

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    guard let kind = capability.kind, kind != .vendor, let length = capability.capLength else {
      return .silent
    }
    let need = kind.capabilitySize
    guard length < need else { return .held }
    return .broken(
      "device gives the \(capability.title) \(length) bytes, and its structure has \(need)")
  }
}

/// Spec: 4.1.4.2. The structures with extra data: notification, configuration access, 64 bits.
enum CapDevLenCoversExtra: CapabilityRow {
  static let id = "pci.cap.dev-len-covers-extra"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    guard let kind = capability.kind, kind.capabilitySize > 16, let length = capability.capLength
    else { return .silent }
    guard length < kind.capabilitySize else { return .held }
    return .broken(
      "device leaves extra data out of cap_len \(length) of the \(capability.title), which needs "
        + "\(kind.capabilitySize)")
  }
}

/// Spec: 4.1.4. Traps: a register that nobody sized; the window's fields are the driver's.
enum CapInsideBar: CapabilityRow {
  static let id = "pci.cap.inside-bar"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    switch capability.kind {
    case .common, .notify, .isr, .device: return layout.judgePlace(of: capability)
    default: return .silent
    }
  }
}

/// Spec: 4.1.4.7.1
enum ShmDevInsideBar: CapabilityRow {
  static let id = "pci.shm.dev-inside-bar"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    capability.kind == .sharedMemory ? layout.judgePlace(of: capability) : .silent
  }
}

/// Spec: 4.1.4.7.1
enum ShmDevIDUnique: CapabilityRow {
  static let id = "pci.shm.dev-id-unique"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    guard capability.kind == .sharedMemory, let region = capability.id else { return .silent }
    let twin = layout.all(.sharedMemory).first {
      $0.capability.id == region && $0.capability.position != capability.position
    }
    guard let twin else { return .held }
    return .broken(
      "device gives two shared memory regions the id \(region)",
      Evidence(twin.reference, "the \(twin.capability.title) has it"))
  }
}

/// Spec: 4.1.4.3.1
enum CommonDevOffsetAligned: CapabilityRow {
  static let id = "pci.common.dev-offset-aligned"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    capability.judgeAlignment(of: .common)
  }
}

/// Spec: 4.1.4.6.1
enum DevCfgDevOffsetAligned: CapabilityRow {
  static let id = "pci.devcfg.dev-offset-aligned"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    capability.judgeAlignment(of: .device)
  }
}

/// Spec: 4.1.4.8.1
enum VendorDevIDNotVirtio: CapabilityRow {
  static let id = "pci.vendor.dev-id-not-virtio"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    guard capability.kind == .vendor, let vendor = capability.extra else { return .silent }
    guard vendor == UInt32(PCIConstants.vendorID) else { return .held }
    return .broken("device names 0x1af4 as the vendor of the \(capability.title)")
  }
}

/// Spec: 4.1.4.8.1
enum VendorDevSizeMultiple4: CapabilityRow {
  static let id = "pci.vendor.dev-size-multiple-4"

  static func judge(_ capability: PCICapability, in layout: PCILayout) -> Judgement {
    guard capability.kind == .vendor, let length = capability.capLength else { return .silent }
    guard length & 3 != 0 else { return .held }
    return .broken(
      "device gives the \(capability.title) \(length) bytes, which is no multiple of 4")
  }
}

extension PCICapabilityType {
  /// Bytes of the structure that the capability is.
  var capabilitySize: UInt8 {
    switch self {
    case .common, .isr, .device: 16
    case .notify, .pci: 20
    case .sharedMemory: 24
    case .vendor: 8
    }
  }
}

extension PCICapability {
  /// Whether the offset is a multiple of four, as the structure of `type` has it.
  fileprivate func judgeAlignment(of type: PCICapabilityType) -> Judgement {
    guard kind == type, let offset else { return .silent }
    guard offset & 3 != 0 else { return .held }
    return .broken(
      "device gives the \(title) the offset \(hex(offset)), which is not 4-byte aligned")
  }
}

extension PCILayout {
  /// Whether what `capability` locates lies within its base address register.
  fileprivate func judgePlace(of capability: PCICapability) -> Judgement {
    // A capability of a reserved register is one to pass over.
    guard let index = capability.bar, index < 6, let offset = capability.offset,
      let length = capability.length
    else { return .silent }
    guard let bar = bar(Int(index)), let size = bar.size else {
      return .undecidable(.topologyNotRecorded)
    }
    if bar.kind == .none {
      return .broken(
        "device puts the structure of the \(capability.title) into BAR \(index), which it does not "
          + "implement")
    }
    let end = offset.addingReportingOverflow(length)
    guard end.overflow || end.partialValue > size else { return .held }
    return .broken(
      "device lets the structure of the \(capability.title), offset \(hex(offset)) and length "
        + "\(hex(length)), pass the end of BAR \(index), which has \(hex(size)) bytes")
  }
}
