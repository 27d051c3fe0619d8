import Model

/// The device configuration of a legacy device moves with the vectors.
///
/// Shown where what was at an offset before MSI-X was switched is found four bytes further after it:
/// the device has not moved its configuration.
///
/// Traps: a value has to be known from before; one that changed at that time.
///
/// Spec: 4.1.4.10
struct LegacyPCIDevConfigOffset: Rule {
  static let id = "legacy.pci.dev-config-offset"
  var tally = Tally()
  /// What was read while MSI-X was as it is, and what before, by offset.
  private var now: [UInt32: UInt64] = [:]
  private var before: [UInt32: UInt64] = [:]
  /// How far an unmoved configuration would seem to have shifted: 4 after MSI-X was enabled.
  private var shift: Int64 = 0
  private var switched = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeMSIXControl where step.mask & 0x8000 != 0: turn(step, session)
    case .readConfig where step.hasValue && step.width == 4 && step.index & 3 == 0:
      return judgeRead(step)
    case .writeConfig:
      now.removeAll()
      before.removeAll()
    default: break
    }
    return .silent
  }

  private mutating func turn(_ step: Transaction, _ session: Session) {
    let isOn = step.value & 0x8000 != 0
    guard session.messagesEnabled != (isOn ? .yes : .no) else { return }
    before = now
    now.removeAll()
    shift = isOn ? 4 : -4
    switched = step.reference
  }

  private mutating func judgeRead(_ step: Transaction) -> Judgement {
    if now.count < 64 { now[step.index] = step.value }
    guard switched.isSet, let same = before[step.index],
      let neighbour = UInt32(exactly: Int64(step.index) + shift), let moved = before[neighbour]
    else { return .silent }
    guard step.value != same else { return .held }
    guard step.value == moved, moved != 0 else { return .silent }
    return .broken(
      "device returns at offset \(hex(step.index, digits: 2)) of its configuration what lay at "
        + "\(hex(neighbour, digits: 2)) before MSI-X was switched",
      Evidence(switched, "driver switches MSI-X"))
  }
}
