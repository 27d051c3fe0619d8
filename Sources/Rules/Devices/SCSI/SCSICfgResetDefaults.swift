import Model
import VirtioSpec

/// A reset gives the two sizes their first values again.
///
/// Judged at the first read of each after a reset that was recorded, unless the driver has written
/// it since.
///
/// Spec: 5.6.4.2
struct SCSICfgResetDefaults: Rule {
  static let id = "scsi.cfg.reset-defaults"
  private static let sense = ConfigSpan(.scsi, "sense_size")
  private static let command = ConfigSpan(.scsi, "cdb_size")
  var tally = Tally()
  private var senseReading = FieldReading()
  private var commandReading = FieldReading()
  private var senseIsJudged = false
  private var commandIsJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfig {
      if Self.sense.overlaps(step) || !step.hasValue { senseIsJudged = true }
      if Self.command.overlaps(step) || !step.hasValue { commandIsJudged = true }
      return .silent
    }
    guard session.marks.reset.isSet else { return .silent }
    if !senseIsJudged, let value = senseReading.take(step, Self.sense, session) {
      senseIsJudged = true
      return Self.judge(value, Self.sense, 96, session)
    }
    if !commandIsJudged, let value = commandReading.take(step, Self.command, session) {
      commandIsJudged = true
      return Self.judge(value, Self.command, 32, session)
    }
    return .silent
  }

  private static func judge(
    _ value: FieldValue, _ field: ConfigSpan, _ standard: UInt64, _ session: Session
  ) -> Judgement {
    switch value {
    case .certain(standard): return .held
    case .either(let little, let big) where little == standard || big == standard:
      return .undecidable(.byteOrderNotRecorded)
    case .certain(let number), .either(let number, _):
      return .broken(
        "device gives \(field.name) \(number) after a reset, which makes it \(standard)",
        Evidence(session.marks.reset, "driver resets the device"))
    }
  }
}
