import Model
import VirtioSpec

/// What a device returns for a vector that was written: a row of a table.
protocol VectorReadRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// What is wrong with `read` after the driver wrote `written`; nil where the row is not
  /// concerned, `""` where it is kept.
  static func fault(read: UInt64, written: UInt64, vectors: UInt32?) -> String?
}

/// The rule of a row.
///
/// Traps: another queue was selected between; a reset lies between; MSI-X is disabled, which leaves
/// the fields without a meaning.
///
/// Spec: 4.1.5.1.2.1
struct VectorReadRule<Row: VectorReadRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()
  private var book = VectorBook()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    defer { book.take(step) }
    guard step.readsVector, let event = VectorBook.event(step), let mapping = book[event] else {
      return .silent
    }
    let read = step.value & 0xffff
    let found = Row.fault(
      read: read, written: mapping.vector, vectors: session.layout.messages.vectors)
    guard let fault = found, session.messagesEnabled != .no else { return .silent }
    guard session.messagesEnabled == .yes else { return .undecidable(.topologyNotRecorded) }
    guard !fault.isEmpty else { return .held }
    return .broken(
      "device returns \(Transaction.vectorName(read)) for \(step.vectorTarget), \(fault)",
      Evidence(
        mapping.reference, "driver writes \(Transaction.vectorName(mapping.vector))"))
  }
}

enum MSIXDevReadback: VectorReadRow {
  static let id = "pci.msix.dev-readback"
  static let coveredBy: [String] = []

  static func fault(read: UInt64, written: UInt64, vectors: UInt32?) -> String? {
    guard written != 0xffff else { return nil }
    guard read != written, read != 0xffff else { return "" }
    return "and the driver wrote \(Transaction.vectorName(written))"
  }
}

enum MSIXDevUnmapAny: VectorReadRow {
  static let id = "pci.msix.dev-unmap-any"
  static let coveredBy: [String] = []

  static func fault(read: UInt64, written: UInt64, vectors: UInt32?) -> String? {
    guard written == 0xffff else { return nil }
    return read == 0xffff ? "" : "which the driver unmapped"
  }
}

/// A mapping that cannot be is one that failed, and a third value says nothing at all.
enum MSIXDevReportFailure: VectorReadRow {
  static let id = "pci.msix.dev-report-failure"
  static let coveredBy = ["pci.msix.dev-readback", "pci.msix.dev-table-size"]

  static func fault(read: UInt64, written: UInt64, vectors: UInt32?) -> String? {
    guard written != 0xffff else { return nil }
    if read == 0xffff { return "" }
    let isBeyond = vectors.map { written >= UInt64($0) } ?? false
    guard read != written || isBeyond else { return nil }
    return "where NO_VECTOR would tell that the mapping failed"
  }
}
