import Model
import VirtioSpec

/// A device tells the size of its MSI-X table as it is.
///
/// Traps: a register that nobody sized.
///
/// Spec: 4.1.5.1.2.1
struct PCIMSIXDevTableSize: Rule {
  static let id = "pci.msix.dev-table-size"
  static let needsWholeLife = false
  var tally = Tally()
  private var book = VectorBook()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .pciMessages { return judgeTable(PCIMessages(step), session.layout) }
    guard session.isCommon(step) else { return .silent }
    defer { book.take(step) }
    guard step.readsVector, let event = VectorBook.event(step), let mapping = book[event],
      let vectors = session.layout.messages.vectors
    else { return .silent }
    let isBeyond = mapping.vector >= UInt64(vectors) && mapping.vector < 0xffff
    guard isBeyond, step.value & 0xffff == mapping.vector else { return .held }
    return .broken(
      "device maps \(step.vectorTarget) to vector \(mapping.vector), and tells that it has "
        + "\(vectors)",
      Evidence(session.layout.messagesAt, "device has an MSI-X table of \(vectors) vectors"),
      Evidence(mapping.reference, "driver writes vector \(mapping.vector)"))
  }

  private func judgeTable(_ table: PCIMessages, _ layout: PCILayout) -> Judgement {
    guard let vectors = table.vectors, let index = table.bar, index < 6,
      let size = layout.bar(Int(index))?.size,
      layout.messages.vectors != vectors || layout.messages.bar != index
    else { return .silent }
    let end = UInt64(table.offset) + UInt64(vectors) * 16
    guard end > size else { return .held }
    return .broken(
      "device has \(vectors) MSI-X vectors from offset \(hex(table.offset)) on in BAR \(index) of "
        + "\(hex(size)) bytes")
  }
}
