import Model
import VirtioSpec

/// What is usable is at least what is requested.
///
/// Trap: both may change, and are read one after the other. Two numbers belong together where the
/// configuration generation was the same before the first part and after the last, or where one
/// channel command read both.
///
/// Spec: 5.15.4.2
struct MemCfgUsableGeRequested: Rule {
  static let id = "mem.cfg.usable-ge-requested"
  static let needsWholeLife = false
  private static let fields = [
    ConfigSpan(.mem, "usable_region_size"), ConfigSpan(.mem, "requested_size"),
  ]
  var tally = Tally()
  private var usable = Sample()
  private var requested = Sample()
  /// A pair that waits for the generation to be read again.
  private var isPending = false

  init() {}

  /// One number, and under which generation it was read.
  private struct Sample {
    var reading = FieldReading()
    var value: UInt64?
    var generation: Int64 = -1
    var reads: UInt64 = 0
    var place = RecordReference.none

    mutating func take(_ step: Transaction, _ field: ConfigSpan, _ session: Session) -> Bool {
      guard field.overlaps(step) else { return false }
      value = nil
      guard case .certain(let number) = reading.take(step, field, session) else { return false }
      value = number
      generation = session.configGeneration
      reads = session.configGenerationReads
      place = step.reference
      return true
    }
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let verdict = judgePending(session)
    guard step.kind == .readConfig, step.hasValue, step.isAccepted else { return verdict }
    let hasTaken =
      usable.take(step, Self.fields[0], session) || requested.take(step, Self.fields[1], session)
    guard hasTaken, usable.value != nil, requested.value != nil else { return verdict }
    if usable.place.record == requested.place.record { return compare() }
    isPending = usable.generation == requested.generation && usable.generation >= 0
    return verdict
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    judgePending(session)
  }

  /// Judges the pair when the generation was read again and is the same.
  private mutating func judgePending(_ session: Session) -> Judgement {
    guard isPending, session.configGenerationReads > max(usable.reads, requested.reads) else {
      return .silent
    }
    isPending = false
    return session.configGeneration == usable.generation ? compare() : .silent
  }

  private func compare() -> Judgement {
    guard let usable = usable.value, let requested = requested.value else { return .silent }
    guard usable < requested else { return .held }
    return .broken(
      Breach(
        message: "device gives usable_region_size \(hex(usable)), "
          + "less than requested_size \(hex(requested))",
        evidence: [Evidence(self.usable.place, "device gives usable_region_size \(hex(usable))")],
        place: max(self.usable.place, self.requested.place)))
  }
}
