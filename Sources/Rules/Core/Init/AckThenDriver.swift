import Model
import VirtioSpec

/// A driver sets ACKNOWLEDGE before DRIVER, or with it.
///
/// Only the first DRIVER of a life counts; a later write that leaves ACKNOWLEDGE out clears it,
/// which is another rule's.
///
/// Spec: 3.1.1, steps 2 and 3
struct AckThenDriver: Rule {
  static let id = "core.init.ack-then-driver"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet, written.contains(.driver), !session.marks.driver.isSet
    else { return .silent }
    if written.contains(.acknowledge) || session.marks.acknowledge.isSet { return .held }
    return .broken(
      "driver sets DRIVER with status \(hex(written)) while ACKNOWLEDGE is not set",
      Evidence(session.marks.reset, "device is reset, which clears every bit"))
  }
}
