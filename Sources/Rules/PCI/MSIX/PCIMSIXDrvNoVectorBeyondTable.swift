import Model
import VirtioSpec

/// A driver maps nothing to a vector that the table does not have.
///
/// Where the table's size was not read, it still has to lie in a register, and the largest one says
/// how many vectors there can be at most.
///
/// Traps: neither the table's size nor that of every register was read.
///
/// Spec: 4.1.5.1.2.2
struct PCIMSIXDrvNoVectorBeyondTable: Rule {
  static let id = "pci.msix.drv-no-vector-beyond-table"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.writesVector,
      step.value != UInt64(PCIConstants.noVector)
    else { return .silent }
    let layout = session.layout
    guard let vectors = layout.messages.vectors else {
      guard let room = layout.vectorRoom, step.value >= room else {
        return .undecidable(.topologyNotRecorded)
      }
      return .broken(
        "driver maps \(step.vectorTarget) to vector \(step.value), and no register of the device has "
          + "room for more than \(room)")
    }
    guard step.value >= UInt64(vectors) else { return .held }
    return .broken(
      "driver maps \(step.vectorTarget) to vector \(step.value), and the table has \(vectors)",
      Evidence(layout.messagesAt, "device has an MSI-X table of \(vectors) vectors"))
  }
}

extension PCILayout {
  /// How many entries of 16 bytes the largest register in memory has room for; nil unless the size
  /// of every register is known.
  fileprivate var vectorRoom: UInt64? {
    var largest: UInt64 = 0
    var index = 0
    while index < 6 {
      guard let bar = bar(index), let size = bar.size else { return nil }
      if bar.kind != .io { largest = max(largest, size) }
      index += bar.kind == .memory64 ? 2 : 1
    }
    return largest / 16
  }
}
