import Model
import VirtioSpec

/// A device offers MAP_UNMAP.
///
/// Spec: 5.13.3.2
struct IOMMUFeatMapUnmapOffer: OffersFeature {
  static let id = "iommu.feat.map-unmap-offer"
  static let bit = 2
  var tally = Tally()
  var isJudged = false
}

/// A driver writes `bypass` and nothing else.
///
/// Trap: on channel I/O every write begins at 0.
///
/// Spec: 5.13.4.1
struct IOMMUCfgNoOtherWrite: ReadOnlyConfigRule {
  static let id = "iommu.cfg.no-other-write"
  static let writable = 36..<37
  var tally = Tally()
}

/// There is a page size.
///
/// Spec: 5.13.4.2
struct IOMMUCfgPageSizeBit: FieldRule {
  static let id = "iommu.cfg.page-size-bit"
  static let field = ConfigSpan(.iommu, "page_size_mask")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value != 0 ? nil : "without a page size"
  }
}

/// The field is 0 or 1.
///
/// Spec: 5.13.4.2
struct IOMMUCfgBypassDevValues: FieldRule {
  static let id = "iommu.cfg.bypass-dev-values"
  static let field = ConfigSpan(.iommu, "bypass")
  static let offered = [6]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 1 ? nil : "which is neither 0 nor 1"
  }
}
