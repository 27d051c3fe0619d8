import Model

/// The proposals of 2021 about what is legacy and what is modern, and which steps each one sees.
struct ProposalRules: Area {
  private var revGt0DevOffer = RevGt0DevOfferVersion1()
  private var revGt0DevRefuse = RevGt0DevRefuseWithoutVersion1()
  private var revGt0DrvReject = RevGt0DrvRejectNoVersion1()
  private var revGt0DrvAccept = RevGt0DrvAcceptVersion1()
  private var rev0DevNoVersion1 = Rev0DevNoVersion1()
  private var legacyIfDevNoVersion1 = LegacyIfDevNoVersion1()
  private var legacyIfDrvAccept = LegacyIfDrvAcceptOnlyOffered()
  private var legacyIfDevValidate = LegacyIfDevValidateAccepted()
  private var detectDrv = DetectDrvTransportSpecific()
  private var detectDev = DetectDevTransportSpecific()
  private var fallback = FallbackNoLegacyAfterModern()
  private var pciLegacyDevice = PCILegacyDeviceDetect()
  private var pciLegacyDriver = PCILegacyDriverDetect()
  private var featuresBeforeReads = FeaturesBeforeValidateReads()
  private var devEndian = DevEndianBeforeFeatures()

  /// How many steps of a life tell how it is driven.
  static var firstSteps: UInt64 { 64 }

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    // A step through the other structure concerns this rule whatever it does.
    let isOther =
      step.interface != .none && session.interface != .none && step.interface != session.interface
    if isOther { out.run(&detectDrv, step, session) }
    // The first steps of a life tell how it is driven.
    if session.steps < Self.firstSteps { out.run(&fallback, step, session) }
    switch step.kind {
    case .writeStatus:
      out.run(&revGt0DevRefuse, step, session)
      out.run(&revGt0DrvReject, step, session)
      out.run(&revGt0DrvAccept, step, session)
      out.run(&pciLegacyDevice, step, session)
    case .readDeviceFeatures:
      out.run(&revGt0DevOffer, step, session)
      out.run(&rev0DevNoVersion1, step, session)
      out.run(&legacyIfDevNoVersion1, step, session)
    case .writeDriverFeatures:
      if !isOther { out.run(&detectDrv, step, session) }
      out.run(&legacyIfDrvAccept, step, session)
      out.run(&legacyIfDevValidate, step, session)
      out.run(&detectDev, step, session)
    case .readDriverFeatures:
      out.run(&legacyIfDevValidate, step, session)
      out.run(&pciLegacyDriver, step, session)
    case .readConfig:
      out.run(&featuresBeforeReads, step, session)
      out.run(&devEndian, step, session)
      out.run(&detectDev, step, session)
    case .writeQueuePFN, .writeGuestPageSize, .writeQueueAlign, .writeQueueEnable,
      .writeQueueAddress, .writeRegister:
      if !isOther { out.run(&detectDrv, step, session) }
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (RevGt0DevOfferVersion1.self, revGt0DevOffer.tally),
      (RevGt0DevRefuseWithoutVersion1.self, revGt0DevRefuse.tally),
      (RevGt0DrvRejectNoVersion1.self, revGt0DrvReject.tally),
      (RevGt0DrvAcceptVersion1.self, revGt0DrvAccept.tally),
      (Rev0DevNoVersion1.self, rev0DevNoVersion1.tally),
      (LegacyIfDevNoVersion1.self, legacyIfDevNoVersion1.tally),
      (LegacyIfDrvAcceptOnlyOffered.self, legacyIfDrvAccept.tally),
      (LegacyIfDevValidateAccepted.self, legacyIfDevValidate.tally),
      (DetectDrvTransportSpecific.self, detectDrv.tally),
      (DetectDevTransportSpecific.self, detectDev.tally),
      (FallbackNoLegacyAfterModern.self, fallback.tally),
      (PCILegacyDeviceDetect.self, pciLegacyDevice.tally),
      (PCILegacyDriverDetect.self, pciLegacyDriver.tally),
      (FeaturesBeforeValidateReads.self, featuresBeforeReads.tally),
      (DevEndianBeforeFeatures.self, devEndian.tally),
    ]
  }
}
