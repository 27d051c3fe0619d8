import Model
import VirtioSpec

/// A driver writes select and subsel and nothing else.
///
/// Spec: 5.8.5.1
struct InputCfgWriteOnlySelect: ReadOnlyConfigRule {
  static let id = "input.cfg.write-only-select"
  static let writable = 0..<2
  var tally = Tally()
}

/// There are up to 128 bytes to read.
///
/// Spec: 5.8.4
struct InputCfgSizeMax: FieldRule {
  static let id = "input.cfg.size-max"
  static let field = ConfigSpan(.input, "size")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value <= 128 ? nil : "which is above 128"
  }
}
