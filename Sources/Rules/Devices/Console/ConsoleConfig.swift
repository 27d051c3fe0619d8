import Model
import VirtioSpec

/// Through the legacy interface the configuration has the byte order of the guest.
///
/// Trap: only a big-endian guest shows it.
///
/// Spec: 5.3.4.1
struct ConsoleLegacyCfgEndian: LegacyOrderRule {
  static let id = "console.legacy.cfg-endian"
  static let fields = [
    ConfigSpan(.console, "cols"), ConfigSpan(.console, "rows"),
    ConfigSpan(.console, "max_nr_ports"),
  ]
  var tally = Tally()
  var readings: [FieldReading] = []
}
