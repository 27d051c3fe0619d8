import Model
import VirtioSpec

/// The size begins as 96.
///
/// Spec: 5.6.4
struct SCSICfgSenseDefaultValue: SCSIDefaultRule {
  static let id = "scsi.cfg.sense-default-value"
  static let coveredBy = ["scsi.cfg.reset-defaults"]
  static let field = ConfigSpan(.scsi, "sense_size")
  static let standard: UInt64 = 96
  var tally = Tally()
  var reading = FieldReading()
  var isJudged = false
}

/// The size begins as 32.
///
/// Spec: 5.6.4
struct SCSICfgCDBDefaultValue: SCSIDefaultRule {
  static let id = "scsi.cfg.cdb-default-value"
  static let coveredBy = ["scsi.cfg.reset-defaults"]
  static let field = ConfigSpan(.scsi, "cdb_size")
  static let standard: UInt64 = 32
  var tally = Tally()
  var reading = FieldReading()
  var isJudged = false
}
