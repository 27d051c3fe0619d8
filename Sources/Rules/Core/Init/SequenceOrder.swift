import Model
import VirtioSpec

/// A driver takes the steps of the initialization in their order: the first one out of order.
///
/// The rules of the single steps have their say first, so that this one stands in their findings;
/// its own are the orders that no other clause names. ACKNOWLEDGE and DRIVER in one write are two
/// steps at once, in order. The legacy flow has no steps 5 and 6.
///
/// Spec: 3.1.1
struct SequenceOrder: Rule {
  static let id = "core.init.sequence-order"
  static let coveredBy = [
    ResetFirst.id, AckThenDriver.id, FeaturesAfterDriver.id, NoConfigWriteBeforeFeaturesOK.id,
    FeaturesOKSet.id, NoNewFeaturesAfterFeaturesOK.id, RereadFeaturesOK.id, SetupBeforeDriverOK.id,
  ]
  var tally = Tally()
  private var reported = false
  private var resetFirst = ResetFirst()
  private var reread = RereadFeaturesOK()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !reported else { return .silent }
    let isReady = step.statusSet?.contains(.driverOK) == true && !session.marks.driverOK.isSet
    guard let breach = breach(step, session) else { return isReady ? .held : .silent }
    reported = true
    return .broken(breach)
  }

  private mutating func breach(_ step: Transaction, _ session: Session) -> Breach? {
    for judgement in [
      resetFirst.judge(step, in: session), AckThenDriver().judge(step, in: session),
      FeaturesAfterDriver().judge(step, in: session),
      NoConfigWriteBeforeFeaturesOK().judge(step, in: session),
      FeaturesOKSet().judge(step, in: session),
      NoNewFeaturesAfterFeaturesOK().judge(step, in: session), reread.judge(step, in: session),
      SetupBeforeDriverOK().judge(step, in: session),
    ] {
      if case .broken(let breach) = judgement { return breach }
    }
    return ownBreach(step, session)
  }

  /// An order that no rule of a single step names.
  private func ownBreach(_ step: Transaction, _ session: Session) -> Breach? {
    let marks = session.marks
    let missing: String
    if let written = step.statusSet {
      let goesOn = written.contains(.featuresOK) || written.contains(.driverOK)
      guard goesOn, !written.contains(.driver), !marks.driver.isSet else { return nil }
      missing = "DRIVER"
    } else if step.setsUpQueue, !marks.driverOK.isSet {
      if session.isModern(at: step), !marks.featuresOK.isSet {
        missing = "FEATURES_OK"
      } else if !marks.driver.isSet {
        missing = "DRIVER"
      } else {
        return nil
      }
    } else {
      return nil
    }
    return Breach(
      message: "driver \(step.deed) before it set \(missing)",
      evidence: [
        Evidence(
          marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))")
      ])
  }
}
