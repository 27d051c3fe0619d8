import Model
import VirtioSpec

/// A statement that a device serves some lawful shape of a chain with an indirect table.
protocol TableChainRow: Sendable {
  static var id: String { get }
  /// What the shape is, behind "device gives up on chain 3 of queue 0, ".
  static var shape: String { get }
  static func has(_ facts: ChainFacts) -> Bool
}

/// The device sets DEVICE_NEEDS_RESET while a chain of that shape is all that it has to do, though it
/// served others; any fault in the chain explains it otherwise.
struct TableChainRule<Row: TableChainRow>: Rule {
  static var id: String { Row.id }
  var tally = Tally()
  /// Chains of the shape with nothing wrong, by queue: the last one.
  private var last: [Int32: UInt32] = [:]

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .bufferAvailable:
      let told = session.told
      let isOne =
        Row.has(told.facts) && told.faults.isEmpty && session.accepted.contains(28)
        && session.ring(step.queue)?.layout.isPacked == false
      last[step.queue] = isOne && last.count < 1024 ? UInt32(truncatingIfNeeded: step.value) : nil
      return .silent
    case .bufferUsed:
      guard last[step.queue] == UInt32(truncatingIfNeeded: step.value) else { return .silent }
      last[step.queue] = nil
      return .held
    case .readStatus:
      let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
      guard step.hasValue, status.contains(.needsReset), !session.marks.needsReset.isSet else {
        return .silent
      }
      return giveUp(session)
    default: return .silent
    }
  }

  private func giveUp(_ session: Session) -> Judgement {
    for (queue, id) in last {
      guard let ring = session.ring(queue), ring.isComplete, ring.outstandingCount == 1,
        ring.totals.used > 0, let chain = ring.outstanding(id)
      else { continue }
      return .broken(
        "device sets DEVICE_NEEDS_RESET with nothing to do but chain \(id) of queue \(queue), \(Row.shape)",
        Evidence(chain.exposedAt, "driver makes chain \(id) available"))
    }
    return .silent
  }
}

/// Spec: 2.7.5.3.2
struct IgnoreWriteFlag: TableChainRow {
  static let id = "split.indirect.dev-ignore-write-flag"
  static let shape = "whose table is marked WRITE"
  static func has(_ facts: ChainFacts) -> Bool { facts.tableCount > 0 && facts.tableHasWrite }
}

/// Spec: 2.7.5.3.2
struct MixedChain: TableChainRow {
  static let id = "split.indirect.dev-mixed-chain"
  static let shape = "in which direct descriptors come before the table"
  static func has(_ facts: ChainFacts) -> Bool { facts.tableCount > 0 && facts.ringCount > 1 }
}
