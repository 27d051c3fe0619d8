import Model

/// A read of ISR status clears it.
///
/// Shown before DRIVER_OK, where no queue can have an event of its own.
///
/// Traps: a new event between two reads.
///
/// Spec: 4.1.4.5.1
struct PCIISRDevReadClears: Rule {
  static let id = "pci.isr.dev-read-clears"
  var tally = Tally()
  private var last = RecordReference.none
  private var lastValue: UInt64 = 0

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    if step.isStatusReset { last = .none }
    guard step.kind == .readISR, step.hasValue, !session.marks.driverOK.isSet,
      !session.marks.firstKick.isSet
    else { return .silent }
    let before = last
    let again = step.value & lastValue & 0xff
    last = step.reference
    lastValue = step.value
    guard before.isSet, session.startKnown else { return .silent }
    guard again != 0 else { return .held }
    // The configuration may have changed once more.
    guard again & 1 != 0 else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device returns ISR status \(hex(step.value, digits: 2)) again after it was read, before any "
        + "queue can be used",
      Evidence(before, "device returns the queue bit"))
  }
}
