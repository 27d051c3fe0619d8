import Model
import VirtioSpec

/// A device whose range is a shared memory region gives no address.
///
/// Spec: 5.19.5.1
struct PmemSHMDevCfgZero: ZeroFieldRule {
  static let id = "pmem.shm.dev-cfg-zero"
  static let fields = [ConfigSpan(.pmem, "start"), ConfigSpan(.pmem, "size")]
  static let negotiated = [0]
  var tally = Tally()
}

/// A device whose range is no shared memory region gives one by its address.
///
/// Spec: 5.19.5.1
struct PmemCfgDevPhysical: FieldRule {
  static let id = "pmem.cfg.dev-physical"
  static let field = ConfigSpan(.pmem, "size")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value != 0 ? nil : "which is no range of addresses"
  }

  static func applies(to session: Session) -> Knowledge {
    session.hasNotNegotiated(0) ? .yes : .no
  }
}

/// The range is one that there can be.
///
/// Spec: 5.19.5.1
struct PmemCfgDevStartSize: CrossFieldRule {
  static let id = "pmem.cfg.dev-start-size"
  static let coveredBy = ["pmem.cfg.dev-physical"]
  static let fields = [ConfigSpan(.pmem, "start"), ConfigSpan(.pmem, "size")]
  var tally = Tally()

  static func applies(to session: Session) -> Knowledge {
    session.hasNotNegotiated(0) ? .yes : .no
  }

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let size = values[1] else { return .silent }
    guard size != 0 else { return .broken("device gives size 0, which is no range of addresses") }
    guard let start = values[0] else { return .silent }
    guard start.addingReportingOverflow(size - 1).overflow else { return .held }
    return .broken(
      "device gives start \(hex(start)) and size \(hex(size)), which passes the last address")
  }
}

/// A driver reads the range from the configuration where it is no shared memory region.
///
/// Spec: 5.19.5.2
struct PmemCfgDrvRead: ReadFieldsRule {
  static let id = "pmem.cfg.drv-read"
  static let fields = [ConfigSpan(.pmem, "start"), ConfigSpan(.pmem, "size")]
  var tally = Tally()
  var marks = ReadMarks()

  static func applies(to session: Session) -> Knowledge {
    session.hasNotNegotiated(0) ? .yes : .no
  }
}
