import Model
import VirtioSpec

/// A device that offers MQ has 1 to 0x8000 pairs of queues.
///
/// Spec: 5.1.4.1
struct NetCfgMaxVqpRange: FieldRule {
  static let id = "net.cfg.max-vqp-range"
  static let field = ConfigSpan(.net, "max_virtqueue_pairs")
  static let offered = [22]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    (1...0x8000).contains(value) ? nil : "which is not in 1 to 0x8000"
  }
}

/// A device that offers MTU gives one that a network may have.
///
/// Spec: 5.1.4.1
struct NetMTURange: FieldRule {
  static let id = "net.mtu.range"
  static let field = ConfigSpan(.net, "mtu")
  static let offered = [3]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value >= 68 ? nil : "which is below 68"
  }
}

/// A device that offers MTU gives one that IPv6 can live with.
///
/// Trap: what no network may have is an error by another clause.
///
/// Spec: 5.1.4.1
struct NetMTUMin1280: FieldRule {
  static let id = "net.mtu.min-1280"
  static let field = ConfigSpan(.net, "mtu")
  static let offered = [3]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    !(68..<1280).contains(value) ? nil : "which is below 1280"
  }
}

/// A device that hashes takes keys of at least 40 bytes.
///
/// Spec: 5.1.4.1
struct NetCfgRSSKeyMin40: FieldRule {
  static let id = "net.cfg.rss-key-min-40"
  static let field = ConfigSpan(.net, "rss_max_key_size")
  static let offered = [60, 57]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value >= 40 ? nil : "which is below 40"
  }
}

/// A device that offers RSS takes an indirection table of at least 128 entries.
///
/// Spec: 5.1.4.1
struct NetCfgRSSIndTableMin128: FieldRule {
  static let id = "net.cfg.rss-ind-table-min-128"
  static let field = ConfigSpan(.net, "rss_max_indirection_table_length")
  static let offered = [60]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value >= 128 ? nil : "which is below 128"
  }
}

/// The speed is at most 0x7fffffff, or all ones for unknown.
///
/// Trap: the normative text prints constants of nine digits; the description of the field is meant.
///
/// Spec: 5.1.4.1
struct NetCfgSpeedRange: FieldRule {
  static let id = "net.cfg.speed-range"
  static let field = ConfigSpan(.net, "speed")
  static let negotiated = [63]
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 0x7fff_ffff || value == 0xffff_ffff
      ? nil : "which is neither up to 0x7fffffff nor 0xffffffff"
  }
}

/// The duplex state is 0, 1, or 0xff for unknown.
///
/// Trap: the text swaps full and half in one place, so which of the two it is nobody can judge.
///
/// Spec: 5.1.4.1
struct NetCfgDuplexValues: FieldRule {
  static let id = "net.cfg.duplex-values"
  static let field = ConfigSpan(.net, "duplex")
  static let negotiated = [63]
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 1 || value == 0xff ? nil : "which is none of 0x00, 0x01 and 0xff"
  }
}

/// The MTU stays what it was.
///
/// Trap: across a reset of the machine it may be another device.
///
/// Spec: 5.1.4.1
struct NetMTUConstant: ConstantFieldRule {
  static let id = "net.mtu.constant"
  static let fields = [ConfigSpan(.net, "mtu")]
  var tally = Tally()
  var readings: [FieldReading] = []
  var places: [RecordReference] = []
}

/// A driver writes nothing in the device configuration.
///
/// Trap: through the legacy interface it may write the MAC address.
///
/// Spec: 5.1.4.2
struct NetCfgNoWrite: ReadOnlyConfigRule {
  static let id = "net.cfg.no-write"
  static let writableLegacy = 0..<6
  var tally = Tally()
}

/// Through the legacy interface status and number of queues have the byte order of the guest.
///
/// Trap: only a big-endian guest shows it.
///
/// Spec: 5.1.4.3
struct NetLegacyCfgEndian: LegacyOrderRule {
  static let id = "net.legacy.cfg-endian"
  static let fields = [
    ConfigSpan(.net, "status"), ConfigSpan(.net, "max_virtqueue_pairs"),
  ]
  var tally = Tally()
  var readings: [FieldReading] = []
}
