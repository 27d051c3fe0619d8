import VirtioSpec

extension PCIFunction {
  /// What configuration space says, each with the record that showed the last of it.
  func layoutFacts() -> [Transaction] {
    var facts: [Transaction] = []
    if let identity {
      let places = [image.reference(0, 4), image.reference(8, 1), image.reference(0x2c, 4)]
      facts.append(identity.step(at: places.max() ?? .none))
    }
    for index in 0..<6 {
      guard let bar = bar(index) else { continue }
      facts.append(bar.step(at: image.reference(0x10 + index * 4, 4)))
    }
    let list = CapabilityList(image)
    for capability in virtioCapabilities {
      let count = Int(capability.capLength ?? 24)
      facts.append(capability.step(at: image.reference(Int(capability.position), count)))
    }
    if let messages = messageCapability {
      facts.append(messages.step(at: image.reference(capabilities.messages, 12)))
    }
    if let fault = list.end {
      facts.append(
        Transaction(
          .pciCapabilitiesEnd, at: list.reference, index: UInt32(fault.rawValue)))
    }
    return facts
  }

  private var identity: PCIIdentity? {
    guard let vendor = vendorID, let device = deviceID else { return nil }
    var identity = PCIIdentity(vendor: vendor, device: device)
    identity.revision = image.byte(0x08)
    identity.subsystemDevice = image.half(0x2e)
    identity.subsystemVendor = image.half(0x2c) ?? 0
    identity.isFresh = isFresh
    identity.isScanned = image.byte(0x34) != nil
    return identity
  }

  private func bar(_ index: Int) -> PCIBar? {
    let bar = bars[index]
    guard !isBridge, bar.wasRead, !isUpperHalf(index) else { return nil }
    var size: UInt64? = bar.sizeBits != 0 ? 1 << UInt64(bar.sizeBits.trailingZeroBitCount) : nil
    if size == nil, bar.is64Bit, index < 5, bars[index + 1].sizeBits != 0 {
      size = 1 << UInt64(32 + bars[index + 1].sizeBits.trailingZeroBitCount)
    }
    if size == nil, bar.wasSized, bar.kind == 0, bar.address == 0 {
      return PCIBar(index: index, kind: .none, size: 0)
    }
    let kind: PCIBar.Kind =
      switch bar.kind & 7 {
      case 1, 3, 5, 7: .io
      case 0: .memory32
      case 2: .memory20
      case 4: .memory64
      default: .reserved
      }
    // A register that reads 0 and was never sized may be one that is not there.
    guard size != nil || bar.kind != 0 || bar.address != 0 else { return nil }
    return PCIBar(index: index, kind: kind, size: size)
  }

  /// The capabilities of virtio whose type a read showed, in the order of the list.
  var virtioCapabilities: [PCICapability] {
    CapabilityList(image).positions.compactMap { position in
      guard image.byte(position) == PCIConstants.capabilityID, let type = image.byte(position + 3)
      else { return nil }
      return capability(type, at: position)
    }
  }

  private func capability(_ type: UInt8, at position: Int) -> PCICapability {
    var found = PCICapability(position: UInt8(truncatingIfNeeded: position), type: type)
    found.capLength = image.byte(position + 2)
    switch found.kind {
    // What the window points at is the driver's.
    case .pci: return found
    case .vendor:
      found.extra = image.half(position + 4).map(UInt32.init)
      return found
    default: break
    }
    found.bar = image.byte(position + 4)
    found.id = image.byte(position + 5)
    found.offset = image.number(position + 8, 4)
    found.length = image.number(position + 12, 4)
    if found.kind == .notify {
      found.extra = image.number(position + 16, 4).map { UInt32(truncatingIfNeeded: $0) }
    }
    if found.kind == .sharedMemory {
      found.offset = joined(found.offset, image.number(position + 16, 4))
      found.length = joined(found.length, image.number(position + 20, 4))
    }
    return found
  }

  private func joined(_ low: UInt64?, _ high: UInt64?) -> UInt64? {
    guard let low, let high else { return nil }
    return low | high << 32
  }

  private var messageCapability: PCIMessages? {
    let position = capabilities.messages
    guard position != 0 else { return nil }
    var messages = PCIMessages()
    if image.byte(position + 2) != nil, let control = image.half(position + 2) {
      messages.vectors = UInt32(control & 0x7ff) + 1
    }
    if self.messages.isControlKnown { messages.isEnabled = self.messages.isEnabled }
    if image.byte(position + 4) != nil, let table = image.number(position + 4, 4) {
      messages.bar = UInt8(table & 7)
      messages.offset = UInt32(truncatingIfNeeded: table & ~7)
    }
    return messages
  }
}

/// The capability list as far as reads showed its pointers.
///
/// Stricter than `PCICapabilities`, which has to find structures: what is only likely counts for
/// nothing here.
struct CapabilityList {
  /// Where its entries lie.
  private(set) var positions: [Int] = []
  /// How the list ends; nil while that, or the type of an entry, was not read.
  private(set) var end: PCIListFault?
  /// The record that showed the last of it.
  private(set) var reference = RecordReference.none

  init(_ image: ConfigurationImage) {
    // Whoever follows the pointer has seen that there is a list, or knows.
    guard let status = image.byte(0x06) ?? (image.byte(0x34) == nil ? nil : 0x10) else { return }
    reference = max(image.reference(0x06, 1), image.reference(0x34, 1))
    guard status & 0x10 != 0 else {
      end = PCIListFault.none
      return
    }
    var fault = PCIListFault.none
    var everyTypeKnown = true
    var pointer = image.byte(0x34)
    while let next = pointer {
      if next & 3 != 0 { fault = .unaligned }
      let position = Int(next & 0xfc)
      if positions.contains(position) {
        end = .loop
        return
      }
      guard position >= 0x40 else {
        if position != 0 { end = .low } else if everyTypeKnown { end = fault }
        return
      }
      guard let id = image.byte(position) else { return }
      positions.append(position)
      reference = max(reference, image.reference(position, 4))
      if id == PCIConstants.capabilityID, image.byte(position + 3) == nil { everyTypeKnown = false }
      pointer = image.byte(position + 1)
    }
  }
}
