import VirtioSpec

/// What the capability list of a function says, as far as it was read.
struct PCICapabilities: Sendable, Equatable {
  /// Structures that capabilities locate, in the order of the list.
  var structures: [PCIStructure] = []
  /// A capability of type common configuration was seen.
  var hasCommon = false
  /// The list was read to its end, and every virtio capability's type with it.
  var isComplete = false
  /// Where the capability of the access window lies, 0 for none.
  var window = 0
  /// Where the MSI-X capability lies, 0 for none.
  var messages = 0
  /// Ids of the shared memory regions.
  var sharedMemory = SharedMemoryIDs()
  /// What capabilities say that locate no register: shared memory and vendors' data.
  var facts: [Fact] = []

  /// A capability that is told to people, and that no access of a driver has to be matched with.
  struct Fact: Sendable, Equatable {
    var position: Int
    var text: String
  }

  /// Walks the list in `image`.
  ///
  /// Source: PCI Local Bus 3.0, 6.7; virtio 4.1.4. A capability whose type or place was not read is
  /// left out, and the list is then not complete.
  init(_ image: ConfigurationImage) {
    guard let status = image.likelyByte(0x06) ?? (image.byte(0x34) == nil ? nil : 0x10) else {
      return
    }
    guard status & 0x10 != 0 else {
      isComplete = image.byte(0x06) != nil
      return
    }
    guard let first = image.byte(0x34) else { return }
    var position = Int(first & 0xfc)
    var everyTypeKnown = true
    // There is room for 48 capabilities; more is a loop.
    for _ in 0..<48 {
      guard position >= 0x40 else {
        isComplete = position == 0 && everyTypeKnown
        return
      }
      guard let id = image.likelyByte(position) else { return }
      if !take(id, at: position, image) { everyTypeKnown = false }
      guard let next = image.likelyByte(position + 1) else { return }
      // A next pointer that is only likely 0 ends the walk without ending the list.
      if next == 0, image.byte(position + 1) == nil { return }
      position = Int(next & 0xfc)
    }
  }

  /// Takes one capability; false when its virtio type is not known.
  private mutating func take(_ id: UInt8, at position: Int, _ image: ConfigurationImage) -> Bool {
    if id == 0x11 { takeMessages(at: position, image) }
    guard id == PCIConstants.capabilityID else { return true }
    guard let type = image.likelyByte(position + 3) else { return false }
    switch PCICapabilityType(rawValue: type) {
    case .common:
      hasCommon = true
      locate(.common, at: position, image)
    case .notify: locate(.notify, at: position, image)
    case .isr: locate(.isr, at: position, image)
    case .device: locate(.device, at: position, image)
    case .pci: if window == 0 { window = position }
    case .sharedMemory:
      guard let region = image.byte(position + 5) else { return false }
      sharedMemory.insert(region)
      tellSharedMemory(at: position, image)
    case .vendor: tellVendor(at: position, image)
    case nil:
      if image.byte(position + 3) != nil { locate(.reserved, at: position, image) }
    }
    return true
  }

  /// A region of shared memory, by a capability with offset and length of 64 bits.
  ///
  /// Spec: 4.1.4.7, struct virtio_pci_cap64
  private mutating func tellSharedMemory(at position: Int, _ image: ConfigurationImage) {
    guard facts.count < 16, let bar = image.likelyByte(position + 4),
      let id = image.likelyByte(position + 5),
      let offset = image.number(position + 8, 4), let length = image.number(position + 12, 4),
      let highOffset = image.number(position + 16, 4),
      let highLength = image.number(position + 20, 4)
    else { return }
    let start = Transaction.hexText(offset | highOffset << 32, 1)
    let size = Transaction.hexText(length | highLength << 32, 1)
    facts.append(
      Fact(
        position: position,
        text: "shared memory region \(id): BAR \(bar), offset \(start), length \(size)"))
  }

  /// Spec: 4.1.4.8, struct virtio_pci_vndr_data
  private mutating func tellVendor(at position: Int, _ image: ConfigurationImage) {
    guard facts.count < 16, let vendor = image.number(position + 4, 2) else { return }
    let id = Transaction.hexText(vendor, 4)
    facts.append(Fact(position: position, text: "data of vendor \(id) at register \(position)"))
  }

  private mutating func locate(
    _ kind: PCIStructure.Kind, at position: Int, _ image: ConfigurationImage
  ) {
    guard let bar = image.likelyByte(position + 4), bar < 6,
      let offset = image.number(position + 8, 4), structures.count < 16
    else { return }
    var found = PCIStructure(
      kind: kind, bar: bar, offset: offset, length: image.number(position + 12, 4) ?? 0,
      position: UInt8(truncatingIfNeeded: position))
    if kind == .notify, let multiplier = image.number(position + 16, 4) {
      found.multiplier = Int64(multiplier)
    }
    if kind == .reserved { found.multiplier = Int64(position) }
    structures.append(found)
  }

  /// Spec: PCI Local Bus 3.0, 6.8.2.
  private mutating func takeMessages(at position: Int, _ image: ConfigurationImage) {
    guard messages == 0 else { return }
    messages = position
    guard let table = image.number(position + 4, 4), table & 7 < 6 else { return }
    let count = image.number(position + 2, 2).map { $0 & 0x7ff } ?? 0x7ff
    structures.append(
      PCIStructure(
        kind: .messageTable, bar: UInt8(table & 7), offset: table & ~7, length: (count + 1) * 16))
  }
}
