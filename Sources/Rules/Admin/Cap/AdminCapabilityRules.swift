import Model

/// Rules about capabilities; each sees every command and result.
struct AdminCapabilityRules: Area {
  private var devSupportThree = AdminStatementRule<CapDevSupportThree>()
  private var devAcceptLowerLimit = AdminStatementRule<CapDevAcceptLowerLimit>()
  private var devAcceptFewerFlags = AdminStatementRule<CapDevAcceptFewerFlags>()
  private var devEinvalNotSelf = AdminStatementRule<CapDevEinvalNotSelf>()
  private var devEinvalNotSelfDup = AdminStatementRule<CapDevEinvalNotSelfDup>()
  private var devEbusyDisable = AdminStatementRule<CapDevEbusyDisable>()
  private var devEnxioUnreported = AdminStatementRule<CapDevEnxioUnreported>()
  private var devResetClears = AdminStatementRule<CapDevResetClears>()
  private var devUnsetLimitZero = AdminStatementRule<CapDevUnsetLimitZero>()
  private var drvSetBeforeUse = AdminStatementRule<CapDrvSetBeforeUse>()
  private var drvNoExcessLimit = AdminStatementRule<CapDrvNoExcessLimit>()
  private var drvNoExcessFlags = AdminStatementRule<CapDrvNoExcessFlags>()
  private var drvNoExcessArray = AdminStatementRule<CapDrvNoExcessArray>()
  private var drvNoDisableInUse = AdminStatementRule<CapDrvNoDisableInUse>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard step.isAdminStep else { return }
    out.run(&devSupportThree, step, session)
    out.run(&devAcceptLowerLimit, step, session)
    out.run(&devAcceptFewerFlags, step, session)
    out.run(&devEinvalNotSelf, step, session)
    out.run(&devEinvalNotSelfDup, step, session)
    out.run(&devEbusyDisable, step, session)
    out.run(&devEnxioUnreported, step, session)
    out.run(&devResetClears, step, session)
    out.run(&devUnsetLimitZero, step, session)
    out.run(&drvSetBeforeUse, step, session)
    out.run(&drvNoExcessLimit, step, session)
    out.run(&drvNoExcessFlags, step, session)
    out.run(&drvNoExcessArray, step, session)
    out.run(&drvNoDisableInUse, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminStatementRule<CapDevSupportThree>.self, devSupportThree.tally),
      (AdminStatementRule<CapDevAcceptLowerLimit>.self, devAcceptLowerLimit.tally),
      (AdminStatementRule<CapDevAcceptFewerFlags>.self, devAcceptFewerFlags.tally),
      (AdminStatementRule<CapDevEinvalNotSelf>.self, devEinvalNotSelf.tally),
      (AdminStatementRule<CapDevEinvalNotSelfDup>.self, devEinvalNotSelfDup.tally),
      (AdminStatementRule<CapDevEbusyDisable>.self, devEbusyDisable.tally),
      (AdminStatementRule<CapDevEnxioUnreported>.self, devEnxioUnreported.tally),
      (AdminStatementRule<CapDevResetClears>.self, devResetClears.tally),
      (AdminStatementRule<CapDevUnsetLimitZero>.self, devUnsetLimitZero.tally),
      (AdminStatementRule<CapDrvSetBeforeUse>.self, drvSetBeforeUse.tally),
      (AdminStatementRule<CapDrvNoExcessLimit>.self, drvNoExcessLimit.tally),
      (AdminStatementRule<CapDrvNoExcessFlags>.self, drvNoExcessFlags.tally),
      (AdminStatementRule<CapDrvNoExcessArray>.self, drvNoExcessArray.tally),
      (AdminStatementRule<CapDrvNoDisableInUse>.self, drvNoDisableInUse.tally),
    ]
  }
}
