import Model
import VirtioSpec

/// A device fills in every field of its configuration, the padding included.
///
/// Spec: 5.18.6.1
struct GPIODevConfigFilled: ZeroFieldRule {
  static let id = "gpio.dev.config-filled"
  static let fields = [ConfigSpan(.gpio, "padding")]
  var tally = Tally()
}

/// Padding of the configuration reads as 0.
///
/// Spec: 5.18.4
struct GPIOCfgPaddingZero: ZeroFieldRule {
  static let id = "gpio.cfg.padding-zero"
  static let coveredBy = ["gpio.dev.config-filled"]
  static let fields = [ConfigSpan(.gpio, "padding")]
  var tally = Tally()
}
