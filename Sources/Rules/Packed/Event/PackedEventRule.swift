import Model

/// One statement about the flags of the two event suppression structures.
protocol PackedEventRow: Sendable {
  static var id: String { get }
  static var needsWholeLife: Bool { get }
  /// Why the flags must not be written, behind "driver writes event flags 0x0003 of queue 0, "; nil
  /// where they may.
  static func fault(_ flags: UInt16, in session: Session) -> String?
}

extension PackedEventRow {
  static var needsWholeLife: Bool { false }
}

/// The rule of a row.
///
/// Traps: memory that a driver did not initialize before it enabled the queue may hold anything;
/// what a snapshot finds was not necessarily written.
///
/// Spec: 2.8.10
struct PackedEventRule<Row: PackedEventRow>: PackedRingRule {
  static var id: String { Row.id }
  static var needsWholeLife: Bool { Row.needsWholeLife }
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    guard step.kind == .driverEvent || step.kind == .deviceEvent else { return .silent }
    let flags = UInt16(truncatingIfNeeded: step.value >> 16)
    guard let fault = Row.fault(flags, in: session) else { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.causeNotRecorded) }
    let side = step.kind == .driverEvent ? "driver" : "device"
    return .broken(
      "\(side) writes event flags \(hex(flags, digits: 4)) of queue \(step.queue), \(fault)")
  }
}

/// Spec: 2.8.10
struct PackedEventFlagsReserved: PackedEventRow {
  static let id = "packed.event.flags-reserved"
  static func fault(_ flags: UInt16, in session: Session) -> String? {
    flags & 3 == 3 ? "of which 3 is reserved" : nil
  }
}

/// Spec: 2.8.10
struct PackedEventReservedZero: PackedEventRow {
  static let id = "packed.event.reserved-zero"
  static func fault(_ flags: UInt16, in session: Session) -> String? {
    flags & 0xfffc != 0 ? "with reserved bits \(hex(flags & 0xfffc, digits: 4))" : nil
  }
}

/// Spec: 2.8.10
struct PackedEventNeedsFeature: PackedEventRow {
  static let id = "packed.event.desc-needs-event-idx"
  static let needsWholeLife = true
  static func fault(_ flags: UInt16, in session: Session) -> String? {
    flags & 3 == 2 && !session.accepted.contains(29)
      ? "although EVENT_IDX was not accepted" : nil
  }
}
