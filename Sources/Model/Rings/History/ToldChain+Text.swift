internal import Wire

/// The text form of a chain, behind the transaction that makes it available:
///
///     avail queue[0] id=5 r16@0x1000 table=0x5000 r8@0x2000 w512@0x3000
///     avail queue[0] id=3 slot=6 w64@0x1000[3] w64@0x2000[7] fault=loop@7
///
/// `r` and `w` are buffers for the device to read and to write, with length and address; those behind
/// `table=` stand in an indirect table. The number in brackets is the descriptor's, where it is not
/// the one behind the last. A fault is named by its kind, with its place (`t` before an entry of the
/// table, `q` the queue) and the value found. `tablewrite`: WRITE is set on the table's descriptor. `unknown`: memory does not hold the chain.
extension ToldChain {
  /// The words, each with a space before it.
  public var text: String {
    var text = facts.slot == facts.head ? "" : " slot=\(facts.slot)"
    if facts.head != facts.id { text += " head=\(facts.head)" }
    guard facts.isWalked else { return text + " unknown" }
    var expected = facts.head
    var isInTable = false
    for buffer in buffers {
      if let table = buffer.table, !isInTable {
        isInTable = true
        expected = 0
        text += " table=\(Transaction.hexText(table, 1))"
        if facts.tableHasWrite { text += " tablewrite" }
      }
      text += " \(buffer.isWritable ? "w" : "r")\(buffer.length)"
      text += "@\(Transaction.hexText(buffer.address, 1))"
      if buffer.index != expected { text += "[\(buffer.index)]" }
      expected = buffer.index &+ 1
    }
    for fault in faults {
      text += " fault=\(fault.kind.rawValue)@\(Self.place(fault.place))"
      if fault.value != 0 { text += ":\(fault.value)" }
    }
    return text
  }

  private static func place(_ place: RingFault.Place) -> String {
    switch place {
    case .descriptor(let index): "\(index)"
    case .indirect(_, let entry): "t\(entry)"
    default: "q"
    }
  }
}
