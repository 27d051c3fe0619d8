import Model
import VirtioSpec

/// A driver that uses the legacy interface sets its queues up there.
///
/// Traps: a driver may look at the modern structures to decide.
///
/// Spec: 4.1.4.10
struct LegacyPCIDrvUseBar0: Rule {
  static let id = "legacy.pci.drv-use-bar0"
  var tally = Tally()
  /// Through which structure the driver said that it drives the device.
  private var driver = Transaction.Interface.none
  private var place = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if let status = step.statusSet {
      if status.contains(.driver), driver == .none {
        driver = step.interface
        place = step.reference
      }
      return driver == .legacy && status.contains(.driverOK) && step.interface == .legacy
        ? .held : .silent
    }
    if step.isStatusReset { driver = .none }
    guard driver == .legacy, session.isLegacy, step.interface == .modern, step.setsUpQueue else {
      return .silent
    }
    return .broken(
      "driver \(step.deed) through the common configuration of a device that it drives as legacy",
      Evidence(place, "driver sets DRIVER through the legacy interface"))
  }
}
