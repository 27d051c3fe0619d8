import VirtioSpec

/// The parts of a function's registers in memory that nothing names.
///
/// A driver that comes there took another capability for one of virtio, or reckons offsets wrongly.
/// Known only where the recording shows the whole list and how large the register is.
extension PCIFunction {
  /// Looks for them anew, in the registers where a structure of virtio lies.
  mutating func findGaps(number: Int32) {
    gapsAreOld = false
    gaps.removeAll(keepingCapacity: true)
    let list = CapabilityList(image)
    guard list.end == PCIListFault.none, !capabilities.structures.isEmpty else { return }
    for index in 0..<6 {
      let isVirtio = capabilities.structures.contains {
        Int($0.bar) == index && $0.kind != .messageTable && $0.kind != .reserved
      }
      guard isVirtio, let placement = placement(of: index), !placement.isIO, placement.size > 0,
        placement.base <= .max - placement.size, let named = named(in: index)
      else { continue }
      addGaps(between: named, in: placement, index, number)
    }
  }

  private mutating func addGaps(
    between named: [Range<UInt64>], in bar: Placement, _ index: Int, _ number: Int32
  ) {
    var start: UInt64 = 0
    let end = bar.size
    for range in named.sorted(by: { $0.lowerBound < $1.lowerBound }) + [end..<end] {
      let next = min(range.lowerBound, end)
      if next > start {
        gaps.append(
          PCIRegion(
            start: bar.base + start, last: bar.base + next - 1, base: bar.base, function: number,
            kind: .outside, multiplier: Int64(index)))
      }
      start = max(start, range.upperBound)
    }
  }

  /// What capabilities of any kind name in a register; nil where that is not wholly known.
  private func named(in index: Int) -> [Range<UInt64>]? {
    var ranges: [Range<UInt64>] = []
    for capability in virtioCapabilities where capability.kind != .pci && capability.kind != .vendor
    {
      guard let bar = capability.bar else { return nil }
      guard Int(bar) == index else { continue }
      guard let offset = capability.offset, let length = capability.length else { return nil }
      ranges.append(Self.range(offset, length))
    }
    guard capabilities.messages != 0 else { return ranges }
    guard let messages = namedByMessages(in: index) else { return nil }
    return ranges + messages
  }

  /// The MSI-X table and its pending bits. Most drivers never ask where those are, and then never
  /// come there; mostly it is the register of the table.
  ///
  /// Source: PCI Local Bus 3.0, 6.8.2.
  private func namedByMessages(in index: Int) -> [Range<UInt64>]? {
    let position = capabilities.messages
    guard let control = image.number(position + 2, 2), let table = image.number(position + 4, 4)
    else { return nil }
    let count = control & 0x7ff + 1
    var ranges: [Range<UInt64>] = []
    if table & 7 == index { ranges.append(Self.range(table & ~7, count * 16)) }
    if let pending = image.number(position + 8, 4) {
      if pending & 7 == index { ranges.append(Self.range(pending & ~7, (count + 63) / 64 * 8)) }
    } else if table & 7 == index {
      return nil
    }
    return ranges
  }

  private static func range(_ offset: UInt64, _ length: UInt64) -> Range<UInt64> {
    let (end, overflows) = offset.addingReportingOverflow(length)
    return offset..<(overflows ? .max : end)
  }

  /// Where a capability lies that is none of virtio's, and whose bytes name the place at `offset` of a
  /// register when they are read as if it were; 0 for none.
  func impostor(bar: Int, offset: UInt64) -> Int {
    let found = CapabilityList(image).positions.first { position in
      guard let id = image.byte(position), id != PCIConstants.capabilityID,
        image.byte(position + 4).map(Int.init) == bar,
        let start = image.number(position + 8, 4), let length = image.number(position + 12, 4)
      else { return false }
      return offset >= start && offset - start < length
    }
    return found ?? 0
  }
}
