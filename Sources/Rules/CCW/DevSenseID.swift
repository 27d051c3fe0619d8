import Model
import VirtioSpec

/// SENSE ID of a device of virtio: ff, the control unit type, the device type, zeroes.
///
/// Spec: 4.3.1
struct DevSenseID: Rule {
  static let id = "ccw.dev-sense-id"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readDeviceID else { return .silent }
    guard step.index != 0 else { return .held }
    let first = step.index >> 24 ^ 0xff
    return .broken(
      step.index & 0x00ff_ffff == 0
        ? "device returns \(hex(first, digits: 2)) in the first byte of SENSE ID, not 0xff"
        : "device returns device type and model \(hex(step.index & 0x00ff_ffff, digits: 6)) in SENSE ID"
    )
  }
}
