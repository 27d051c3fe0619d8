import Model
import VirtioSpec

/// A driver writes nothing in the device configuration.
///
/// Spec: 5.15.4.1
struct MemCfgNoWrite: ReadOnlyConfigRule {
  static let id = "mem.cfg.no-write"
  var tally = Tally()
}

/// Size and place of the region stay what they were.
///
/// Trap: across a reset of the machine they may change.
///
/// Spec: 5.15.4.2
struct MemCfgConstant: ConstantFieldRule {
  static let id = "mem.cfg.constant"
  static let fields = [
    ConfigSpan(.mem, "block_size"), ConfigSpan(.mem, "node_id"), ConfigSpan(.mem, "addr"),
    ConfigSpan(.mem, "region_size"),
  ]
  var tally = Tally()
  var readings: [FieldReading] = []
  var places: [RecordReference] = []
}

/// The size of a block is a power of two.
///
/// Spec: 5.15.4.2
struct MemCfgBlockPow2: FieldRule {
  static let id = "mem.cfg.block-pow2"
  static let field = ConfigSpan(.mem, "block_size")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value != 0 && value & (value - 1) == 0 ? nil : "which is no power of two"
  }
}

/// Everything is a multiple of the size of a block.
///
/// A block is a power of two: whether a number is a multiple does not depend on when its halves were
/// read.
///
/// Spec: 5.15.4.2
struct MemCfgMultiples: CrossFieldRule {
  static let id = "mem.cfg.multiples"
  static let fields = [
    ConfigSpan(.mem, "block_size"), ConfigSpan(.mem, "addr"), ConfigSpan(.mem, "region_size"),
    ConfigSpan(.mem, "usable_region_size"), ConfigSpan(.mem, "plugged_size"),
    ConfigSpan(.mem, "requested_size"),
  ]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let block = values[0], block != 0, block & (block - 1) == 0 else { return .silent }
    for (field, value) in zip(fields, values).dropFirst() {
      guard let value, value % block != 0 else { continue }
      return .broken(
        "device gives \(field.name) \(hex(value)), "
          + "which is no multiple of block_size \(hex(block))")
    }
    return values.dropFirst().contains { $0 != nil } ? .held : .silent
  }
}

/// A driver that supports UNPLUGGED_INACCESSIBLE accepts it where it is offered.
///
/// Spec: 5.15.5.1
struct MemFeatInaccessibleAccept: AcceptsOffered {
  static let id = "mem.feat.inaccessible-accept"
  static let bit = 1
  static let needsSupport = true
  var tally = Tally()
}
