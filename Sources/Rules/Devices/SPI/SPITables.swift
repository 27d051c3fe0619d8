import Model
import VirtioSpec

/// A device has set its configuration before it is read.
///
/// What shows that it has not is a field that holds what no value set can.
///
/// Spec: 5.21.6.2
struct SPICfgDevSet: FieldRule {
  static let id = "spi.cfg.dev-set"
  static let field = ConfigSpan(.spi, "mode_func_supported")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value & 3 != 0 && value & 12 != 0 ? nil : "which supports no CPHA or no CPOL setting"
  }
}

/// A device supports a setting of CPHA and one of CPOL.
///
/// Spec: 5.21.4
struct SPICfgModeValid: FieldRule {
  static let id = "spi.cfg.mode-valid"
  static let coveredBy = ["spi.cfg.dev-set"]
  static let field = ConfigSpan(.spi, "mode_func_supported")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value & 3 != 0 && value & 12 != 0 ? nil : "which supports no CPHA or no CPOL setting"
  }
}
