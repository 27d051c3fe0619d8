import Model
import VirtioSpec

/// A driver writes nothing in the device configuration.
///
/// Spec: 5.11.4.1
struct FSCfgNoWrite: ReadOnlyConfigRule {
  static let id = "fs.cfg.no-write"
  var tally = Tally()
}

/// There is a request queue at least.
///
/// Spec: 5.11.4.2
struct FSCfgMinOneQueue: FieldRule {
  static let id = "fs.cfg.min-one-queue"
  static let field = ConfigSpan(.fs, "num_request_queues")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value > 0 ? nil : "without which there is no request"
  }
}
