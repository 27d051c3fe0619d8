import Model
import VirtioSpec

/// Shared memory is not used on channel I/O.
///
/// Spec: 4.3.4
struct CCWNoSharedMemory: UnsupportedFeature {
  static let id = "ccw.feature.no-shared-memory"
  static let transport = TransportKind.ccw
  static let bit = 0
  var tally = Tally()

  static func means(on type: DeviceType) -> Bool { type.name == "pmem" }
}
