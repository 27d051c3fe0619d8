import Model
import VirtioSpec

/// A device notifies when it changes its configuration.
///
/// Spec: 3.2.1
struct DevNotifyOnChange: ConfigChangeTold {
  static let id = "config.dev-notify-on-change"
  var tally = Tally()
  var change: ConfigChange?
  var isUnmapped = false
  var told = RecordReference.none

  func change(_ step: Transaction, _ session: Session) -> ConfigChangeFound? {
    guard session.marks.driverOK.isSet, !session.suspension.isActive,
      let old = session.toldChange(step), old.first > session.suspension.over
    else { return nil }
    let change = "from \(hex(old.value)) to \(hex(step.value))"
    return (
      "device changes its configuration at offset \(hex(step.index, digits: 2)) \(change) and does "
        + "not notify", Evidence(old.first, "the value before"),
      old.first
    )
  }
}
