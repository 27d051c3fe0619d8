import Model
import VirtioSpec

/// The capacity is up to 128 units.
///
/// Spec: 5.12.4
struct RPMBCfgCapacityRange: FieldRule {
  static let id = "rpmb.cfg.capacity-range"
  static let field = ConfigSpan(.rpmb, "capacity")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 0x80 ? nil : "which is above 0x80"
  }
}

/// The capacity is up to 16 MiB.
///
/// Trap: the field counts units of 128 KiB, so that it cannot be between two of them.
///
/// Spec: 5.12.5.1
struct RPMBInitCapacity: FieldRule {
  static let id = "rpmb.init.capacity"
  static let coveredBy = ["rpmb.cfg.capacity-range"]
  static let field = ConfigSpan(.rpmb, "capacity")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 0x80 ? nil : "which is more than 16 MiB"
  }
}
