import Model
import VirtioSpec

/// A change during a suspension is told when the device runs again.
///
/// Spec: 3.4.2
struct SuspendDevConfigIRQOnResume: ConfigChangeTold {
  static let id = "core.suspend.dev-config-irq-on-resume"
  var tally = Tally()
  var change: ConfigChange?
  var isUnmapped = false
  var told = RecordReference.none

  func change(_ step: Transaction, _ session: Session) -> ConfigChangeFound? {
    guard session.suspension.over.isSet, let old = session.toldChange(step),
      old.first < session.suspension.over
    else { return nil }
    return (
      "device changed its configuration at offset \(hex(step.index, digits: 2)) while it was suspended "
        + "and does not notify", Evidence(session.suspension.over, "device runs again"),
      session.suspension.over
    )
  }
}
