import Model

/// One of the two statements about the limit that a device sets: for lists in the ring, or for
/// indirect tables.
protocol PackedLimitRow: Sendable {
  static var id: String { get }
  static var isIndirect: Bool { get }
}

/// A driver makes no list longer than the device allows.
///
/// Traps: the limit is the device type's, and header and status do not count; a table may be longer
/// than the queue.
///
/// Spec: 2.8.17 and 2.8.19
struct PackedLimitRule<Row: PackedLimitRow>: PackedRingRule {
  static var id: String { Row.id }
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    let told = session.told
    guard step.kind == .bufferAvailable, (told.facts.tableCount > 0) == Row.isIndirect else {
      return .silent
    }
    let allowed = SegmentLimit(session)
    if allowed.isUnread { return .undecidable(.abilitiesNotRecorded) }
    guard let limit = allowed.limit else { return .silent }
    guard told.facts.isWalked else { return .undecidable(.noRingMemory) }
    let count = allowed.segments(of: told)
    guard count > limit else { return .held }
    return .broken(
      "driver makes \(chainName(step)) available with \(count) data elements, more than the \(limit)"
        + " that seg_max allows")
  }
}

/// Spec: 2.8.17
struct PackedListLimit: PackedLimitRow {
  static let id = "packed.sg.max-allowed-by-device"
  static let isIndirect = false
}

/// Spec: 2.8.19
struct PackedTableLimit: PackedLimitRow {
  static let id = "packed.indirect.max-allowed"
  static let isIndirect = true
}
