import Model

/// Rules about device parts; each sees every command and result.
struct AdminPartsRules: Area {
  private var devAllOrNone = AdminStatementRule<PartsDevAllOrNone>()
  private var devGetRepeatable = AdminStatementRule<PartsDevGetRepeatable>()
  private var devSetRepeatable = AdminStatementRule<PartsDevSetRepeatable>()
  private var devSetLengthError = AdminStatementRule<PartsDevSetLengthError>()
  private var drvMetadataBuffer = AdminStatementRule<PartsDrvMetadataBuffer>()
  private var drvGetBuffer = AdminStatementRule<PartsDrvGetBuffer>()
  private var hdrReservedZero = AdminStatementRule<PartsHdrReservedZero>()
  private var typeRange = AdminStatementRule<PartsTypeRange>()
  private var singleFeatures = AdminStatementRule<PartsSingleFeatures>()
  private var devFeaturesOptionalFlag = AdminStatementRule<PartsDevFeaturesOptionalFlag>()
  private var commonOffsetUnique = AdminStatementRule<PartsCommonOffsetUnique>()
  private var vQIndexUnique = AdminStatementRule<PartsVQIndexUnique>()
  private var devNoSetDevFeatures = AdminStatementRule<PartsDevNoSetDevFeatures>()
  private var devNoApplyReadonly = AdminStatementRule<PartsDevNoApplyReadonly>()
  private var devVerifyReadonly = AdminStatementRule<PartsDevVerifyReadonly>()
  private var drvStopBeforeSet = AdminStatementRule<PartsDrvStopBeforeSet>()
  private var devSetNeedsStop = AdminStatementRule<PartsDevSetNeedsStop>()
  private var devStopIdempotent = AdminStatementRule<PartsDevStopIdempotent>()
  private var devResumeIdempotent = AdminStatementRule<PartsDevResumeIdempotent>()
  private var devGetOrder = AdminStatementRule<PartsDevGetOrder>()
  private var drvSetOrder = AdminStatementRule<PartsDrvSetOrder>()
  private var devOrderFeaturesFirst = AdminStatementRule<PartsDevOrderFeaturesFirst>()
  private var devOrderCommonAfterDev = AdminStatementRule<PartsDevOrderCommonAfterDev>()
  private var devOrderCommonAfterBoth = AdminStatementRule<PartsDevOrderCommonAfterBoth>()
  private var devOrderStatus = AdminStatementRule<PartsDevOrderStatus>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard step.isAdminStep else { return }
    out.run(&devAllOrNone, step, session)
    out.run(&devGetRepeatable, step, session)
    out.run(&devSetRepeatable, step, session)
    out.run(&devSetLengthError, step, session)
    out.run(&drvMetadataBuffer, step, session)
    out.run(&drvGetBuffer, step, session)
    out.run(&hdrReservedZero, step, session)
    out.run(&typeRange, step, session)
    out.run(&singleFeatures, step, session)
    out.run(&devFeaturesOptionalFlag, step, session)
    out.run(&commonOffsetUnique, step, session)
    out.run(&vQIndexUnique, step, session)
    out.run(&devNoSetDevFeatures, step, session)
    out.run(&devNoApplyReadonly, step, session)
    out.run(&devVerifyReadonly, step, session)
    out.run(&drvStopBeforeSet, step, session)
    out.run(&devSetNeedsStop, step, session)
    out.run(&devStopIdempotent, step, session)
    out.run(&devResumeIdempotent, step, session)
    out.run(&devGetOrder, step, session)
    out.run(&drvSetOrder, step, session)
    out.run(&devOrderFeaturesFirst, step, session)
    out.run(&devOrderCommonAfterDev, step, session)
    out.run(&devOrderCommonAfterBoth, step, session)
    out.run(&devOrderStatus, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminStatementRule<PartsDevAllOrNone>.self, devAllOrNone.tally),
      (AdminStatementRule<PartsDevGetRepeatable>.self, devGetRepeatable.tally),
      (AdminStatementRule<PartsDevSetRepeatable>.self, devSetRepeatable.tally),
      (AdminStatementRule<PartsDevSetLengthError>.self, devSetLengthError.tally),
      (AdminStatementRule<PartsDrvMetadataBuffer>.self, drvMetadataBuffer.tally),
      (AdminStatementRule<PartsDrvGetBuffer>.self, drvGetBuffer.tally),
      (AdminStatementRule<PartsHdrReservedZero>.self, hdrReservedZero.tally),
      (AdminStatementRule<PartsTypeRange>.self, typeRange.tally),
      (AdminStatementRule<PartsSingleFeatures>.self, singleFeatures.tally),
      (AdminStatementRule<PartsDevFeaturesOptionalFlag>.self, devFeaturesOptionalFlag.tally),
      (AdminStatementRule<PartsCommonOffsetUnique>.self, commonOffsetUnique.tally),
      (AdminStatementRule<PartsVQIndexUnique>.self, vQIndexUnique.tally),
      (AdminStatementRule<PartsDevNoSetDevFeatures>.self, devNoSetDevFeatures.tally),
      (AdminStatementRule<PartsDevNoApplyReadonly>.self, devNoApplyReadonly.tally),
      (AdminStatementRule<PartsDevVerifyReadonly>.self, devVerifyReadonly.tally),
      (AdminStatementRule<PartsDrvStopBeforeSet>.self, drvStopBeforeSet.tally),
      (AdminStatementRule<PartsDevSetNeedsStop>.self, devSetNeedsStop.tally),
      (AdminStatementRule<PartsDevStopIdempotent>.self, devStopIdempotent.tally),
      (AdminStatementRule<PartsDevResumeIdempotent>.self, devResumeIdempotent.tally),
      (AdminStatementRule<PartsDevGetOrder>.self, devGetOrder.tally),
      (AdminStatementRule<PartsDrvSetOrder>.self, drvSetOrder.tally),
      (AdminStatementRule<PartsDevOrderFeaturesFirst>.self, devOrderFeaturesFirst.tally),
      (AdminStatementRule<PartsDevOrderCommonAfterDev>.self, devOrderCommonAfterDev.tally),
      (AdminStatementRule<PartsDevOrderCommonAfterBoth>.self, devOrderCommonAfterBoth.tally),
      (AdminStatementRule<PartsDevOrderStatus>.self, devOrderStatus.tally),
    ]
  }
}
