import Model
import VirtioSpec

/// There is one channel.
///
/// Spec: 5.6.4
struct SCSICfgMaxChannelZero: FieldRule {
  static let id = "scsi.cfg.max-channel-zero"
  static let field = ConfigSpan(.scsi, "max_channel")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value == 0 ? nil : "which is to be 0"
  }
}

/// Targets are numbered up to 255 at most.
///
/// Spec: 5.6.4
struct SCSICfgMaxTarget255: FieldRule {
  static let id = "scsi.cfg.max-target-255"
  static let field = ConfigSpan(.scsi, "max_target")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 255 ? nil : "which is above 255"
  }
}

/// Logical units are numbered up to 16383 at most.
///
/// Spec: 5.6.4
struct SCSICfgMaxLun16383: FieldRule {
  static let id = "scsi.cfg.max-lun-16383"
  static let field = ConfigSpan(.scsi, "max_lun")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 16383 ? nil : "which is above 16383"
  }
}

/// A driver writes the two sizes and nothing else.
///
/// Spec: 5.6.4.1
struct SCSICfgWriteOnlySizes: ReadOnlyConfigRule {
  static let id = "scsi.cfg.write-only-sizes"
  static let writable = 20..<28
  var tally = Tally()
}

/// Through the legacy interface the configuration has the byte order of the guest.
///
/// Trap: only a big-endian guest shows it.
///
/// Spec: 5.6.4.3
struct SCSILegacyCfgEndian: LegacyOrderRule {
  static let id = "scsi.legacy.cfg-endian"
  static let fields = [
    ConfigSpan(.scsi, "num_queues"), ConfigSpan(.scsi, "seg_max"), ConfigSpan(.scsi, "sense_size"),
    ConfigSpan(.scsi, "cdb_size"), ConfigSpan(.scsi, "max_target"), ConfigSpan(.scsi, "max_lun"),
  ]
  var tally = Tally()
  var readings: [FieldReading] = []

  static func fixed(_ field: ConfigSpan) -> UInt64? {
    switch field.name {
    case "sense_size": 96
    case "cdb_size": 32
    default: nil
    }
  }
}
