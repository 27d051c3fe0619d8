import Model
import VirtioSpec

/// A driver does not take the reads of several fields for one piece.
///
/// Spec: 2.5.1
struct AtomicMulti: TornRead {
  static let id = "config.no-assume-atomic-multi"
  static let coveredBy = [AtomicWide.id]
  var tally = Tally()
  var reads = ConfigReads()

  static func concerns(_ reads: ConfigReads) -> Bool { reads.fields > 1 }
  static func text(_ reads: ConfigReads) -> String { "\(reads.fields) fields" }
}
