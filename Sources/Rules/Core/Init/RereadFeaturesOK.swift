import Model
import VirtioSpec

/// After FEATURES_OK the driver reads the status again, before it goes on.
///
/// On CCW the device answers the write itself, by rejecting it; the legacy interface has no such bit.
///
/// Spec: 3.1.1, step 6; for CCW 4.3.2.2
struct RereadFeaturesOK: Rule {
  static let id = "core.init.reread-features-ok"
  var tally = Tally()
  private var isRead = false
  private var setUpJudged = false
  private var judged = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport != .ccw, !judged else { return .silent }
    if step.kind == .readStatus {
      // A read counts whether or not its value was captured.
      if session.marks.featuresOK.isSet { isRead = true }
      return .silent
    }
    let isLive = step.statusSet?.contains(.driverOK) == true && !session.marks.driverOK.isSet
    guard isLive || step.setsUpQueue && !setUpJudged, session.isModern(at: step)
    else { return .silent }
    let atOnce = isLive && step.statusSet?.contains(.featuresOK) == true
    guard session.marks.featuresOK.isSet || atOnce else { return .silent }
    // The first set-up of a queue and DRIVER_OK are judged each.
    setUpJudged = true
    judged = isLive || isRead
    if isRead { return .held }
    guard session.marks.featuresOK.isSet else {
      return .broken(
        "driver writes FEATURES_OK and DRIVER_OK at once and so never sees whether the device"
          + " keeps FEATURES_OK")
    }
    return .broken(
      "driver \(step.deed) without having read the status since it set FEATURES_OK",
      Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"))
  }
}
