import Model
import VirtioSpec

/// A driver writes its features after it set DRIVER.
///
/// Reading what the device offers is harmless at any time.
///
/// Spec: 3.1.1, steps 3 and 4
struct FeaturesAfterDriver: Rule {
  static let id = "core.init.features-after-driver"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.isAccepted else { return .silent }
    if session.marks.driver.isSet { return .held }
    return .broken(
      "driver \(step.deed) while DRIVER is not set",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
