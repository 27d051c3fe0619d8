import Model
import VirtioSpec

/// A device offers no feature without those that it requires.
///
/// Spec: 5.7.3
struct GPUFeatRequiresOffered: OfferDependencies {
  static let id = "gpu.feat.requires-offered"
  var tally = Tally()
  var isJudged = false
}

/// A driver accepts no feature without those that it requires.
///
/// Spec: 5.7.3
struct GPUFeatRequiresAccepted: AcceptDependencies {
  static let id = "gpu.feat.requires-accepted"
  var tally = Tally()
}

/// A driver does not write the pending events; it clears them by the field behind.
///
/// Trap: on channel I/O every write begins with this field.
///
/// Spec: 5.7.4.1
struct GPUCfgEventsReadRO: ReadOnlyConfigRule {
  static let id = "gpu.cfg.events-read-ro"
  static let guarded = 0..<4
  var tally = Tally()
}

/// There are up to 16 scanouts.
///
/// Trap: a device that only renders has none, and says so.
///
/// Spec: 5.7.4.1
struct GPUCfgNumScanouts: FieldRule {
  static let id = "gpu.cfg.num-scanouts"
  static let field = ConfigSpan(.gpu, "num_scanouts")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 16 ? nil : "which is above 16"
  }

  static func judge(_ value: FieldValue, _ session: Session) -> Judgement {
    guard case .certain(let number) = value else { return .silent }
    if number == 0 { return .undecidable(.abilitiesNotRecorded) }
    guard let fault = fault(number) else { return .held }
    return .broken("device gives num_scanouts \(number), \(fault)")
  }
}

/// The alignment of blob resources is a power of two.
///
/// Spec: 5.7.4.1
struct GPUCfgBlobAlignmentPow2: FieldRule {
  static let id = "gpu.cfg.blob-alignment-pow2"
  static let field = ConfigSpan(.gpu, "blob_alignment")
  static let offered = [5]
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value != 0 && value & (value - 1) == 0 ? nil : "which is no power of two"
  }
}

/// Shared memory regions have the ids 0 and 1.
///
/// Spec: 5.7.5.1
struct GPUInitShmidValues: SharedMemoryRule {
  static let id = "gpu.init.shmid-values"
  var tally = Tally()
  var watch = SharedMemoryWatch()

  static func fault(_ id: UInt64, _ session: Session) -> String? {
    id <= 1 ? nil : "where only 0 and 1 have a meaning"
  }
}
