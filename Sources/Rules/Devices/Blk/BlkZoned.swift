import Model
import VirtioSpec

/// With ZONED negotiated the model is one of the three.
///
/// Trap: which of them is right cannot be seen.
///
/// Spec: 5.2.5.2
struct BlkZonedModelSet: FieldRule {
  static let id = "blk.zoned.model-set"
  static let field = ConfigSpan(.blk, "zoned.model")
  static let negotiated = [17]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= BlkZoneModel.hostAware ? nil : "which is none of 0, 1 and 2"
  }
}

/// A zoned device tells how large a zone is.
///
/// Trap: the last zone may be smaller, which this field does not say.
///
/// Spec: 5.2.5.2
struct BlkZonedZoneSectorsSet: CrossFieldRule {
  static let id = "blk.zoned.zone-sectors-set"
  static let fields = [
    ConfigSpan(.blk, "zoned.model"), ConfigSpan(.blk, "zoned.zone_sectors"),
  ]
  static let negotiated = [17]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let model = values[0], (1...2).contains(model), let value = values[1] else {
      return .silent
    }
    guard value == 0 else { return .held }
    return .broken("device gives zone_sectors 0 with model \(model)")
  }
}

/// A zoned device tells how writes to a sequential zone are aligned.
///
/// Spec: 5.2.5.2
struct BlkZonedWriteGranularitySet: CrossFieldRule {
  static let id = "blk.zoned.write-granularity-set"
  static let fields = [
    ConfigSpan(.blk, "zoned.model"), ConfigSpan(.blk, "zoned.write_granularity"),
  ]
  static let negotiated = [17]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let model = values[0], (1...2).contains(model), let value = values[1] else {
      return .silent
    }
    guard value == 0 else { return .held }
    return .broken("device gives write_granularity 0 with model \(model)")
  }
}

/// A zoned device does not take larger appends than a request can have.
///
/// Trap: the text compares sectors with bytes; what exceeds the bound either way does.
///
/// Spec: 5.2.5.2
struct BlkZonedMaxAppendBound: CrossFieldRule {
  static let id = "blk.zoned.max-append-bound"
  static let fields = [
    ConfigSpan(.blk, "zoned.model"), ConfigSpan(.blk, "zoned.max_append_sectors"),
    ConfigSpan(.blk, "size_max"), ConfigSpan(.blk, "seg_max"),
  ]
  static let negotiated = [17]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let model = values[0], (1...2).contains(model), let sectors = values[1],
      let size = values[2], let segments = values[3],
      session.offered.contains(1), session.offered.contains(2)
    else { return .silent }
    let bound = size.multipliedReportingOverflow(by: segments)
    guard !bound.overflow, sectors > bound.partialValue else { return .held }
    return .broken(
      "device gives max_append_sectors \(sectors) with seg_max \(segments) and size_max \(size)")
  }
}

/// Padding of the zoned characteristics reads as 0 on a zoned device.
///
/// Spec: 5.2.5.2
struct BlkZonedPaddingZero: ZeroFieldRule {
  static let id = "blk.zoned.padding-zero"
  static let fields = [ConfigSpan(.blk, "zoned.unused2")]
  private static let model = ConfigSpan(.blk, "zoned.model")
  var tally = Tally()

  static func applies(to session: Session) -> Knowledge {
    let isZoned = session.lastRead(model).map { (1...2).contains($0) } ?? false
    return isZoned && session.hasNegotiated(17) ? .yes : .no
  }
}

/// Secure erase is aligned to whole zones.
///
/// Spec: 5.2.6.2
struct BlkZonedEraseAlignment: CrossFieldRule {
  static let id = "blk.zoned.erase-alignment"
  static let fields = [
    ConfigSpan(.blk, "zoned.zone_sectors"), ConfigSpan(.blk, "secure_erase_sector_alignment"),
  ]
  static let negotiated = [16, 17]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let zone = values[0], zone > 0, let alignment = values[1] else { return .silent }
    guard alignment % zone != 0 else { return .held }
    return .broken(
      "device gives secure_erase_sector_alignment \(alignment), "
        + "which is no multiple of zone_sectors \(zone)")
  }
}
