import Model
import VirtioSpec

/// Padding of the configuration reads as 0.
///
/// Spec: 5.2.5.2
struct BlkCfgPaddingZero: ZeroFieldRule {
  static let id = "blk.cfg.padding-zero"
  static let fields = [ConfigSpan(.blk, "unused0"), ConfigSpan(.blk, "unused1")]
  var tally = Tally()
}

/// Through the legacy interface the configuration has the byte order of the guest.
///
/// Trap: only a big-endian guest shows it.
///
/// Spec: 5.2.4.1
struct BlkLegacyCfgEndian: LegacyOrderRule {
  static let id = "blk.legacy.cfg-endian"
  static let fields = [
    ConfigSpan(.blk, "capacity"), ConfigSpan(.blk, "size_max"), ConfigSpan(.blk, "seg_max"),
    ConfigSpan(.blk, "geometry.cylinders"), ConfigSpan(.blk, "blk_size"),
    ConfigSpan(.blk, "topology.min_io_size"), ConfigSpan(.blk, "topology.opt_io_size"),
    ConfigSpan(.blk, "num_queues"),
  ]
  var tally = Tally()
  var readings: [FieldReading] = []
}
