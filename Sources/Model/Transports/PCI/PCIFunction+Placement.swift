import VirtioSpec

extension PCIFunction {
  /// Whether BAR `index` is the upper half of a 64-bit one.
  func isUpperHalf(_ index: Int) -> Bool {
    var place = 0
    while place < index {
      if bars[place].is64Bit {
        if place + 1 == index { return true }
        place += 2
      } else {
        place += 1
      }
    }
    return false
  }

  /// Where BAR `index` lies in the guest's addresses, nil while it lies nowhere.
  func placement(of index: Int) -> Placement? {
    guard index >= 0, index < 6 else { return nil }
    if told[index].isTold {
      guard told[index].isMapped else { return nil }
      var placement = told[index].placement
      if bars[index].kind & 1 == 1 { placement.isIO = true }
      return placement
    }
    let bar = bars[index]
    guard bar.isKnown, !bar.isSizing, !isUpperHalf(index) else { return nil }
    // A command register that nobody showed may well enable what is being used.
    if let command, command & (bar.isIO ? 1 : 2) == 0 { return nil }
    guard let base = assigned(index), base != 0 else { return nil }
    return Placement(base: base, size: size(of: index), isIO: bar.isIO)
  }

  /// The address in the register or pair of registers, whether decoded or not.
  func assigned(_ index: Int) -> UInt64? {
    let bar = bars[index]
    guard bar.isKnown else { return nil }
    var base = UInt64(bar.address)
    if bar.is64Bit, index < 5 {
      guard !bars[index + 1].isSizing else { return nil }
      base |= UInt64(bars[index + 1].address) << 32
    }
    return base
  }

  /// Bytes of BAR `index`, 0 while nobody asked.
  private func size(of index: Int) -> UInt64 {
    let bar = bars[index]
    guard bar.sizeBits != 0 else { return 0 }
    return 1 << UInt64(bar.sizeBits.trailingZeroBitCount)
  }

  /// Every structure that is known of, wherever it lies.
  var structures: [PCIStructure] {
    // What the capabilities say outweighs what was told of the same kind.
    var all = capabilities.structures
    for structure in hinted where !all.contains(where: { $0.kind == structure.kind }) {
      all.append(structure)
    }
    if hasLegacyHeader, !all.contains(where: { $0.kind == .legacyHeader }) {
      all.append(PCIStructure(kind: .legacyHeader, bar: 0, offset: 0, length: 0))
    }
    return all
  }

  /// The structures at the guest's addresses.
  func regions(number: Int32) -> (memory: [PCIRegion], ports: [PCIRegion]) {
    var memory: [PCIRegion] = []
    var ports: [PCIRegion] = []
    let all = structures
    // Where two overlap, the later one wins: a structure that virtio knows.
    let ordered = all.filter { $0.kind == .reserved } + all.filter { $0.kind != .reserved }
    for structure in ordered {
      guard let placement = placement(of: Int(structure.bar)),
        structure.kind != .legacyHeader || placement.isIO,
        var region = Self.region(structure, among: all, in: placement, number)
      else { continue }
      if let place = several.firstIndex(where: { $0.structure.position == structure.position }),
        structure.position != 0
      {
        region.kind = .several
        region.multiplier = Int64(place)
      }
      if placement.isIO { ports.append(region) } else { memory.append(region) }
    }
    return (memory, ports)
  }

  private static func region(
    _ structure: PCIStructure, among all: [PCIStructure], in bar: Placement, _ number: Int32
  ) -> PCIRegion? {
    guard bar.size == 0 || structure.offset < bar.size else { return nil }
    let base = bar.base.addingReportingOverflow(structure.offset)
    var length = structure.length
    guard length > 0 || structure.kind != .reserved else { return nil }
    if length == 0 { length = guessLength(of: structure, among: all, in: bar) }
    if bar.size > 0 { length = min(length, bar.size - structure.offset) }
    let last = base.partialValue.addingReportingOverflow(length &- 1)
    guard length > 0, !base.overflow, !last.overflow else { return nil }
    return PCIRegion(
      start: base.partialValue, last: last.partialValue, base: base.partialValue, function: number,
      kind: structure.kind, multiplier: structure.multiplier)
  }

  /// How far a structure goes whose length nobody read: to the next one, at most a page; a legacy
  /// header fills its register, which is aligned to its size.
  private static func guessLength(
    of structure: PCIStructure, among all: [PCIStructure], in bar: Placement
  ) -> UInt64 {
    if structure.kind == .legacyHeader {
      return bar.size > 0 ? bar.size : min(256, 1 << UInt64(min(62, bar.base.trailingZeroBitCount)))
    }
    var end = structure.offset &+ 4096
    for other in all
    where other.bar == structure.bar && other.kind != .legacyHeader
      && other.kind != .reserved && other.offset > structure.offset
    {
      end = min(end, other.offset)
    }
    return end &- structure.offset
  }
}
