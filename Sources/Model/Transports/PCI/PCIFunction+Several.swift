import VirtioSpec

/// One of several structures of a kind.
struct SeveralStructure: Sendable, Equatable {
  var structure: PCIStructure
  /// Where the capability of the first one lies.
  var first: UInt8
  /// Number of the life in which the driver's use was told last.
  var toldIn = -1

  /// Whether it is the same structure, told or not.
  func isSame(as other: SeveralStructure) -> Bool {
    structure == other.structure && first == other.first
  }

  /// The step that tells that the driver uses it.
  func step(at reference: RecordReference) -> Transaction {
    let type: PCICapabilityType =
      switch structure.kind {
      case .common: .common
      case .notify: .notify
      case .isr: .isr
      default: .device
      }
    return Transaction(
      .structureUsed, at: reference, value: UInt64(first), queue: Int32(structure.position),
      index: UInt32(type.rawValue))
  }
}

extension PCIFunction {
  /// Looks which structures are of a kind that the capability list has several of.
  mutating func findSeveral() {
    let kinds: [PCIStructure.Kind] = [.common, .notify, .isr, .device]
    var found: [SeveralStructure] = []
    for kind in kinds {
      let all = capabilities.structures.filter { $0.kind == kind }
      guard all.count > 1, let first = all.first else { continue }
      found += all.map { SeveralStructure(structure: $0, first: first.position) }
    }
    let isSame =
      found.count == several.count && zip(found, several).allSatisfy { $0.isSame(as: $1) }
    if !isSame { several = found }
  }
}
