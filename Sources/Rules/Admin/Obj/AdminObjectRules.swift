import Model

/// Rules about resource objects; each sees every command and result.
struct AdminObjectRules: Area {
  private var drvUniqueID = AdminStatementRule<ObjDrvUniqueID>()
  private var drvWithinLimit = AdminStatementRule<ObjDrvWithinLimit>()
  private var drvNoTouchDestroyed = AdminStatementRule<ObjDrvNoTouchDestroyed>()
  private var drvNoDestroyDepended = AdminStatementRule<ObjDrvNoDestroyDepended>()
  private var drvDestroyLeavesFirst = AdminStatementRule<ObjDrvDestroyLeavesFirst>()
  private var drvNoCapSetWhileObjects = AdminStatementRule<ObjDrvNoCapSetWhileObjects>()
  private var devEexist = AdminStatementRule<ObjDevEexist>()
  private var devEnxio = AdminStatementRule<ObjDevEnxio>()
  private var devEnospc = AdminStatementRule<ObjDevEnospc>()
  private var devEbusyDependents = AdminStatementRule<ObjDevEbusyDependents>()
  private var devAllowRecreate = AdminStatementRule<ObjDevAllowRecreate>()
  private var devAnyFreeID = AdminStatementRule<ObjDevAnyFreeID>()
  private var devModifyFailNoEffect = AdminStatementRule<ObjDevModifyFailNoEffect>()
  private var devQueryMatches = AdminStatementRule<ObjDevQueryMatches>()
  private var devResetDestroys = AdminStatementRule<ObjDevResetDestroys>()
  private var drvCapBeforeUse = AdminStatementRule<ObjDrvCapBeforeUse>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard step.isAdminStep else { return }
    out.run(&drvUniqueID, step, session)
    out.run(&drvWithinLimit, step, session)
    out.run(&drvNoTouchDestroyed, step, session)
    out.run(&drvNoDestroyDepended, step, session)
    out.run(&drvDestroyLeavesFirst, step, session)
    out.run(&drvNoCapSetWhileObjects, step, session)
    out.run(&devEexist, step, session)
    out.run(&devEnxio, step, session)
    out.run(&devEnospc, step, session)
    out.run(&devEbusyDependents, step, session)
    out.run(&devAllowRecreate, step, session)
    out.run(&devAnyFreeID, step, session)
    out.run(&devModifyFailNoEffect, step, session)
    out.run(&devQueryMatches, step, session)
    out.run(&devResetDestroys, step, session)
    out.run(&drvCapBeforeUse, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminStatementRule<ObjDrvUniqueID>.self, drvUniqueID.tally),
      (AdminStatementRule<ObjDrvWithinLimit>.self, drvWithinLimit.tally),
      (AdminStatementRule<ObjDrvNoTouchDestroyed>.self, drvNoTouchDestroyed.tally),
      (AdminStatementRule<ObjDrvNoDestroyDepended>.self, drvNoDestroyDepended.tally),
      (AdminStatementRule<ObjDrvDestroyLeavesFirst>.self, drvDestroyLeavesFirst.tally),
      (AdminStatementRule<ObjDrvNoCapSetWhileObjects>.self, drvNoCapSetWhileObjects.tally),
      (AdminStatementRule<ObjDevEexist>.self, devEexist.tally),
      (AdminStatementRule<ObjDevEnxio>.self, devEnxio.tally),
      (AdminStatementRule<ObjDevEnospc>.self, devEnospc.tally),
      (AdminStatementRule<ObjDevEbusyDependents>.self, devEbusyDependents.tally),
      (AdminStatementRule<ObjDevAllowRecreate>.self, devAllowRecreate.tally),
      (AdminStatementRule<ObjDevAnyFreeID>.self, devAnyFreeID.tally),
      (AdminStatementRule<ObjDevModifyFailNoEffect>.self, devModifyFailNoEffect.tally),
      (AdminStatementRule<ObjDevQueryMatches>.self, devQueryMatches.tally),
      (AdminStatementRule<ObjDevResetDestroys>.self, devResetDestroys.tally),
      (AdminStatementRule<ObjDrvCapBeforeUse>.self, drvCapBeforeUse.tally),
    ]
  }
}
