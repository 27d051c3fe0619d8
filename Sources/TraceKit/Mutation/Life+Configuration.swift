import Model
import VirtioSpec

/// Changes of what the configuration space of a PCI function says.
extension Life {
  /// The ECAM offset of the function, from its id `0000:00:02.0`; nil on other transports.
  private var function: UInt64? {
    let parts = device.split { $0 == ":" || $0 == "." }.compactMap { UInt64($0, radix: 16) }
    guard transport == .pci, parts.count == 4 else { return nil }
    return parts[0] << 28 | parts[1] << 20 | parts[2] << 15 | parts[3] << 12
  }

  /// Every read of the configuration space shows `bytes` from `register` on; nil where none does.
  func configuration(_ register: Int, _ bytes: [UInt8]) -> [Fault.Edit]? {
    guard let function else { return nil }
    var edits: [Fault.Edit] = []
    for (index, access) in recording.accesses.enumerated()
    where access.kind == .pciConfiguration && !access.isWrite && access.hasData
      && access.address & ~0xfff == function
    {
      let first = Int(access.address & 0xfff)
      var changed = access
      for (place, byte) in bytes.enumerated() {
        let shift = register + place - first
        guard shift >= 0, shift < Int(access.width) else { continue }
        changed.value &= ~(0xff << UInt64(8 * shift))
        changed.value |= UInt64(byte) << UInt64(8 * shift)
      }
      if changed.value != access.value { edits.append(.replace(index, changed, nil)) }
    }
    return edits.isEmpty ? nil : edits
  }

  /// A fault in the first capability of a type: `bytes` from its byte `offset` on. The driver, which
  /// would go where the device says it is, does nothing any more.
  func capability(_ type: PCICapabilityType, _ offset: Int, _ bytes: [UInt8]) -> [Fault] {
    capability(type, offset, bytes, until: steps.first { $0.step.interface != .none })
  }

  /// The same with a driver that does nothing any more from `end` on.
  func capability(
    _ type: PCICapabilityType, _ offset: Int, _ bytes: [UInt8], until end: Step?
  ) -> [Fault] {
    guard session.index == 0, let end, let entry = session.layout.first(type),
      entry.reference.record < end.step.reference.record,
      let change = configuration(Int(entry.capability.position) + offset, bytes)
    else { return [] }
    let rest = (end.access..<recording.accesses.count).map { Fault.Edit.drop($0) }
    return [Fault(change.filter { $0.place < end.access } + rest)]
  }

  /// The capability of a type has a reserved one, in a list that was read to its end.
  func missing(_ type: PCICapabilityType) -> [Fault] {
    session.layout.isComplete ? capability(type, 3, [0x0b]) : []
  }

  /// The step behind the first look at the features.
  var behindFeatures: Step? {
    guard let read = all(.readDeviceFeatures).first(where: { $0.step.index == 1 }) else {
      return nil
    }
    return steps.dropFirst(read.number + 1).first { $0.kind != .readDeviceFeatures }
  }

  /// A fault in the header.
  func header(_ register: Int, _ bytes: [UInt8]) -> [Fault] {
    guard session.index == 0, session.layout.identity != nil else { return [] }
    return configuration(register, bytes).map { [Fault($0)] } ?? []
  }

  /// The first place of a type, as far as it was read.
  func offset(of type: PCICapabilityType) -> UInt8 {
    UInt8(truncatingIfNeeded: session.layout.first(type)?.capability.offset ?? 0)
  }
}
