import Model
import VirtioSpec

/// A device that was reset shows the status 0, and goes on to.
///
/// Traps: a reset takes its time, so that the first reads may show anything.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevResetOnZero: Rule {
  static let id = "pci.common.dev-reset-on-zero"
  var tally = Tally()
  private var general = DevStatusZero()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readStatus, step.hasValue else { return .silent }
    let zero = session.marks.resetReadBack
    guard zero.isSet, session.writtenStatus.isEmpty else {
      return general.judge(step, in: session)
    }
    // Only the device sets this one.
    let left = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value)).subtracting(
      .needsReset)
    guard !left.isEmpty else { return .held }
    return .broken(
      "device returns status \(hex(left)) after a reset, which the driver has not written since",
      Evidence(session.marks.reset, "driver resets the device"),
      Evidence(zero, "device returns status 0x00"))
  }
}
