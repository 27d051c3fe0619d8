public import Model
public import VirtioSpec

/// Every rule there is, an area at a time; one value a session.
public struct RuleSet: Sendable {
  var initialization = InitRules()
  var reset = ResetRules()
  var status = StatusRules()
  var feature = FeatureRules()
  var reservedFeature = ReservedFeatureRules()
  var device = DeviceRules()
  var pci = PCIRules()
  var proposals = ProposalRules()
  var notification = NotificationRules()
  var suspend = SuspendRules()
  var config = ConfigRules()
  var legacy = LegacyRules()
  var mmioAccess = MMIOAccessRules()
  var mmioQueue = MMIOQueueRules()
  var mmioEvent = MMIOEventRules()
  var ccwRevision = CCWRevisionRules()
  var ccwCommand = CCWCommandRules()
  var ccwInterrupt = CCWInterruptRules()
  var splitDescriptors = SplitDescriptorRules()
  var splitRing = SplitRingRules()
  var splitNotification = SplitNotificationRules()
  var splitSetup = SplitSetupRules()
  var packed = PackedRules()
  var packedSetup = PackedSetupRules()
  var queueLife = QueueLifeRules()
  var exports = ExportRules()
  var adminCommand = AdminCmdRules()
  var adminQueue = AdminVQRules()
  var adminLegacy = AdminLegacyRules()
  var adminCapability = AdminCapabilityRules()
  var adminObject = AdminObjectRules()
  var adminParts = AdminPartsRules()

  public init() {}

  /// Whether no rule watches `step`: what a running device does by the million is passed by before
  /// any area is asked. A test sends such steps through every area and counts the rules that ran.
  static func passesBy(_ step: Transaction, in session: inout Session) -> Bool {
    switch step.kind {
    case .readISR, .acknowledgeInterrupt, .interrupt, .buffersTaken, .buffersUsed,
      .readConfigGeneration:
      // The proposals watch the first steps of a session, and steps through the other interface.
      session.rings.isEmpty && session.steps >= ProposalRules.firstSteps
        && (step.interface == .none || step.interface == session.interface)
        && !PCIRules.watches(step, session)
        // Bits without a meaning are looked at wherever they come.
        && (step.kind != .readISR || step.value <= 3)
        && !session.hasNews(step)
    default: false
    }
  }

  /// Lets every rule that `step` concerns judge it; `session` is as it was before the step.
  public mutating func judge(
    _ step: Transaction, in session: Session, _ out: inout Verdicts
  ) {
    // Rules about rings also see what is no step about one; of the frequent kinds only where rings
    // are.
    if step.isRingStep || !session.rings.isEmpty { judgeRings(step, in: session, &out) }
    if step.isAdminStep || session.hasAdmin { judgeAdmin(step, in: session, &out) }
    queueLife.judge(step, in: session, &out)
    splitSetup.judge(step, in: session, &out)
    packedSetup.judge(step, in: session, &out)
    if step.kind == .bufferUsed, session.profile.transport == .ccw {
      ccwInterrupt.judge(step, in: session, &out)
    }
    if step.kind == .objectExported { exports.judge(step, in: session, &out) }
    if DeviceRules.watchesRing(step, session) { device.judge(step, in: session, &out) }
    if step.isRingStep { return status.judge(step, in: session, &out) }
    initialization.judge(step, in: session, &out)
    reset.judge(step, in: session, &out)
    status.judge(step, in: session, &out)
    feature.judge(step, in: session, &out)
    reservedFeature.judge(step, in: session, &out)
    device.judge(step, in: session, &out)
    pci.judge(step, in: session, &out)
    proposals.judge(step, in: session, &out)
    notification.judge(step, in: session, &out)
    suspend.judge(step, in: session, &out)
    config.judge(step, in: session, &out)
    legacy.judge(step, in: session, &out)
    if session.profile.transport == .mmio {
      mmioAccess.judge(step, in: session, &out)
      mmioQueue.judge(step, in: session, &out)
      mmioEvent.judge(step, in: session, &out)
    }
    if session.profile.transport == .ccw {
      ccwRevision.judge(step, in: session, &out)
      ccwCommand.judge(step, in: session, &out)
      ccwInterrupt.judge(step, in: session, &out)
    }
  }

  /// Lets the areas about rings judge `step`.
  private mutating func judgeRings(
    _ step: Transaction, in session: Session, _ out: inout Verdicts
  ) {
    splitDescriptors.judge(step, in: session, &out)
    splitRing.judge(step, in: session, &out)
    splitNotification.judge(step, in: session, &out)
    // Every rule there is about packed rings; each would look at a copy of the ring to find that out.
    if session.hasPackedRing(step.queue) != false { packed.judge(step, in: session, &out) }
  }

  /// Lets the areas about administration judge `step`.
  private mutating func judgeAdmin(
    _ step: Transaction, in session: Session, _ out: inout Verdicts
  ) {
    adminCommand.judge(step, in: session, &out)
    adminQueue.judge(step, in: session, &out)
    adminLegacy.judge(step, in: session, &out)
    adminCapability.judge(step, in: session, &out)
    adminObject.judge(step, in: session, &out)
    adminParts.judge(step, in: session, &out)
  }

  /// Lets the rules judge the end of `session`.
  public mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    initialization.conclude(session, end: end, &out)
    reset.conclude(session, end: end, &out)
    status.conclude(session, end: end, &out)
    feature.conclude(session, end: end, &out)
    reservedFeature.conclude(session, end: end, &out)
    device.conclude(session, end: end, &out)
    pci.conclude(session, end: end, &out)
    proposals.conclude(session, end: end, &out)
    notification.conclude(session, end: end, &out)
    suspend.conclude(session, end: end, &out)
    if session.profile.transport == .mmio {
      mmioAccess.conclude(session, end: end, &out)
      mmioEvent.conclude(session, end: end, &out)
    }
    if session.profile.transport == .ccw {
      ccwRevision.conclude(session, end: end, &out)
      ccwInterrupt.conclude(session, end: end, &out)
    }
    splitDescriptors.conclude(session, end: end, &out)
    splitRing.conclude(session, end: end, &out)
    splitNotification.conclude(session, end: end, &out)
    splitSetup.conclude(session, end: end, &out)
    packed.conclude(session, end: end, &out)
    packedSetup.conclude(session, end: end, &out)
    queueLife.conclude(session, end: end, &out)
    if session.hasAdmin { adminQueue.conclude(session, end: end, &out) }
  }

  /// Every rule with how it fared.
  public var rules: [(type: any Rule.Type, tally: Tally)] {
    var all: [(type: any Rule.Type, tally: Tally)] = []
    all += initialization.rules
    all += reset.rules
    all += status.rules
    all += feature.rules
    all += reservedFeature.rules
    all += device.rules
    all += pci.rules
    all += proposals.rules
    all += notification.rules
    all += suspend.rules
    all += config.rules
    all += legacy.rules
    all += mmioAccess.rules
    all += mmioQueue.rules
    all += mmioEvent.rules
    all += ccwRevision.rules
    all += ccwCommand.rules
    all += ccwInterrupt.rules
    all += splitDescriptors.rules
    all += splitRing.rules
    all += splitNotification.rules
    all += splitSetup.rules
    all += packed.rules
    all += packedSetup.rules
    all += queueLife.rules
    all += exports.rules
    all += adminCommand.rules
    all += adminQueue.rules
    all += adminLegacy.rules
    all += adminCapability.rules
    all += adminObject.rules
    all += adminParts.rules
    return all
  }

  /// The ids of every rule, in the order of the areas.
  public static let ids: [String] = RuleSet().rules.map { $0.type.id }

  /// The catalogue's row of each, read once for all reports; nil for a rule without one.
  public static let rows: [CatalogueRow?] = ids.map(Catalogue.row)

  /// The version that brought each rule that is not as old as 1.0.
  static let versions: [String: SpecVersion] = Dictionary(
    uniqueKeysWithValues: rows.compactMap { row in
      row.flatMap { row in row.specVersionIntroduced.map { (row.id, $0) } }
    })

  /// Where each rule stands in `ids`.
  static let places: [String: Int] = Dictionary(
    uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })

  /// For each rule that has any: the rules that condemn the same event under a clause.
  static let coveredBy: [String: [String]] = {
    var result: [String: [String]] = [:]
    for rule in RuleSet().rules where !rule.type.coveredBy.isEmpty {
      result[rule.type.id] = rule.type.coveredBy
    }
    return result
  }()
}
