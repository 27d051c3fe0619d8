import Model
import VirtioSpec

/// A driver does not take the read of a field of 64 bits for one piece.
///
/// Spec: 2.5.1
struct AtomicWide: TornRead {
  static let id = "config.no-assume-atomic-wide"
  var tally = Tally()
  var reads = ConfigReads()

  static func concerns(_ reads: ConfigReads) -> Bool { reads.wide > 1 }
  static func text(_ reads: ConfigReads) -> String { "the parts of \(reads.wideName)" }
}
