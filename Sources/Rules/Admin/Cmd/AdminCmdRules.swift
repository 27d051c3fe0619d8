import Model

/// Rules about group administration commands, and which steps each one sees.
struct AdminCmdRules: Area {
  private var drvListUseFirst = AdminCommandRule<DrvListUseFirst>()
  private var drvNoCommandBeforeListUse = AdminCommandRule<DrvNoCommandBeforeListUse>()
  private var drvListUseSubset = AdminCommandRule<DrvListUseSubset>()
  private var drvSRIOVMemberRange = AdminCommandRule<DrvSRIOVMemberRange>()
  private var drvReservedZero = AdminCommandRule<DrvReservedZero>()
  private var drvSelfMemberZero = AdminCommandRule<DrvSelfMemberZero>()
  private var drvGroupTypeKnown = AdminCommandRule<DrvGroupTypeKnown>()
  private var drvListUseAlone = DrvListUseAlone()
  private var drvSRIOVEnabled = DrvSRIOVEnabled()
  private var devValidate = AdminResultRule<DevValidate>()
  private var devQInvalidGroup = AdminResultRule<DevQInvalidGroup>()
  private var devQInvalidOpcode = AdminResultRule<DevQInvalidOpcode>()
  private var devQInvalidMember = AdminResultRule<DevQInvalidMember>()
  private var devInitialList = AdminResultRule<DevInitialList>()
  private var devCheckAgainstList = AdminResultRule<DevCheckAgainstList>()
  private var devFailUnlisted = AdminResultRule<DevFailUnlisted>()
  private var devSRIOVNoCap = AdminResultRule<DevSRIOVNoCap>()
  private var devSRIOVMemberRange = AdminResultRule<DevSRIOVMemberRange>()
  private var devListCommandsAlwaysListed = AdminResultRule<DevListCommandsAlwaysListed>()
  private var devListNoShrink = AdminResultRule<DevListNoShrink>()
  private var devNoLaterUnsupported = AdminResultRule<DevNoLaterUnsupported>()
  private var devListUseAfterReset = AdminResultRule<DevListUseAfterReset>()
  private var devListUseNotSolely = AdminResultRule<DevListUseNotSolely>()
  private var devListUseReplaces = AdminResultRule<DevListUseReplaces>()
  private var devOKQualifierZero = AdminResultRule<DevOKQualifierZero>()
  private var devReservedZero = AdminResultRule<DevReservedZero>()
  private var devGroupsIndependent = DevGroupsIndependent()
  private var devFailureNotOK = DevFailureNotOK()
  private var einvalNoStateChange = FailedEffectRule<EinvalNoStateChange>()
  private var einvalNoSideEffect = FailedEffectRule<EinvalNoSideEffect>()
  private var failNoStateChange = FailedEffectRule<FailNoStateChange>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .adminCommand:
      out.run(&drvListUseFirst, step, session)
      out.run(&drvNoCommandBeforeListUse, step, session)
      out.run(&drvListUseSubset, step, session)
      out.run(&drvSRIOVMemberRange, step, session)
      out.run(&drvReservedZero, step, session)
      out.run(&drvSelfMemberZero, step, session)
      out.run(&drvGroupTypeKnown, step, session)
      out.run(&drvListUseAlone, step, session)
      out.run(&drvSRIOVEnabled, step, session)
    case .adminResult:
      out.run(&devValidate, step, session)
      out.run(&devQInvalidGroup, step, session)
      out.run(&devQInvalidOpcode, step, session)
      out.run(&devQInvalidMember, step, session)
      out.run(&devInitialList, step, session)
      out.run(&devCheckAgainstList, step, session)
      out.run(&devFailUnlisted, step, session)
      out.run(&devSRIOVNoCap, step, session)
      out.run(&devSRIOVMemberRange, step, session)
      out.run(&devListCommandsAlwaysListed, step, session)
      out.run(&devListNoShrink, step, session)
      out.run(&devNoLaterUnsupported, step, session)
      out.run(&devListUseAfterReset, step, session)
      out.run(&devListUseNotSolely, step, session)
      out.run(&devListUseReplaces, step, session)
      out.run(&devOKQualifierZero, step, session)
      out.run(&devReservedZero, step, session)
      out.run(&drvListUseAlone, step, session)
      out.run(&devGroupsIndependent, step, session)
      out.run(&devFailureNotOK, step, session)
      out.run(&einvalNoStateChange, step, session)
      out.run(&einvalNoSideEffect, step, session)
      out.run(&failNoStateChange, step, session)
    case .writeVFEnable:
      out.run(&drvSRIOVEnabled, step, session)
    // The rest is no administration.
    default: break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminCommandRule<DrvListUseFirst>.self, drvListUseFirst.tally),
      (AdminCommandRule<DrvNoCommandBeforeListUse>.self, drvNoCommandBeforeListUse.tally),
      (AdminCommandRule<DrvListUseSubset>.self, drvListUseSubset.tally),
      (AdminCommandRule<DrvSRIOVMemberRange>.self, drvSRIOVMemberRange.tally),
      (AdminCommandRule<DrvReservedZero>.self, drvReservedZero.tally),
      (AdminCommandRule<DrvSelfMemberZero>.self, drvSelfMemberZero.tally),
      (AdminCommandRule<DrvGroupTypeKnown>.self, drvGroupTypeKnown.tally),
      (DrvListUseAlone.self, drvListUseAlone.tally),
      (DrvSRIOVEnabled.self, drvSRIOVEnabled.tally),
      (AdminResultRule<DevValidate>.self, devValidate.tally),
      (AdminResultRule<DevQInvalidGroup>.self, devQInvalidGroup.tally),
      (AdminResultRule<DevQInvalidOpcode>.self, devQInvalidOpcode.tally),
      (AdminResultRule<DevQInvalidMember>.self, devQInvalidMember.tally),
      (AdminResultRule<DevInitialList>.self, devInitialList.tally),
      (AdminResultRule<DevCheckAgainstList>.self, devCheckAgainstList.tally),
      (AdminResultRule<DevFailUnlisted>.self, devFailUnlisted.tally),
      (AdminResultRule<DevSRIOVNoCap>.self, devSRIOVNoCap.tally),
      (AdminResultRule<DevSRIOVMemberRange>.self, devSRIOVMemberRange.tally),
      (AdminResultRule<DevListCommandsAlwaysListed>.self, devListCommandsAlwaysListed.tally),
      (AdminResultRule<DevListNoShrink>.self, devListNoShrink.tally),
      (AdminResultRule<DevNoLaterUnsupported>.self, devNoLaterUnsupported.tally),
      (AdminResultRule<DevListUseAfterReset>.self, devListUseAfterReset.tally),
      (AdminResultRule<DevListUseNotSolely>.self, devListUseNotSolely.tally),
      (AdminResultRule<DevListUseReplaces>.self, devListUseReplaces.tally),
      (AdminResultRule<DevOKQualifierZero>.self, devOKQualifierZero.tally),
      (AdminResultRule<DevReservedZero>.self, devReservedZero.tally),
      (DevGroupsIndependent.self, devGroupsIndependent.tally),
      (DevFailureNotOK.self, devFailureNotOK.tally),
      (FailedEffectRule<EinvalNoStateChange>.self, einvalNoStateChange.tally),
      (FailedEffectRule<EinvalNoSideEffect>.self, einvalNoSideEffect.tally),
      (FailedEffectRule<FailNoStateChange>.self, failNoStateChange.tally),
    ]
  }
}
